package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.broker.Shard;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Outcome;
import io.ternmq.engine.Nanos;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Asks the shard. Who brings more than it can take waits a little, and is refused in the end. Thread-safe. */
final class ShardAccess {

    /** So long a caller waits at most for room in the shard's mailbox. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Shard shard;
    private volatile boolean closed;

    ShardAccess(Shard shard) {
        this.shard = shard;
    }

    Shard shard() {
        return shard;
    }

    <T> CompletableFuture<T> ask(Function<Outcome<T>, Command> command) {
        Asked<T> asked = new Asked<>();
        submit(command.apply(asked), asked);
        return asked;
    }

    /** Hands a command over; what becomes of it is none of the caller's business. @return false when there is no room */
    boolean tell(Command command) {
        return shard.submit(command);
    }

    /** @param failing is told when the command cannot be handed over */
    void submit(Command command, CompletableFuture<?> failing) {
        if (!shard.submit(command) && !submitSoon(command)) {
            failing.completeExceptionally(
                    closed
                            ? new ClosedException("the queue is closed")
                            : new BusyException("the shard has too much to do (expected: room within 2 s)"));
        }
    }

    private boolean submitSoon(Command command) {
        long deadline = Nanos.now() + PATIENCE_NANOS;
        while (!closed && Nanos.now() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (shard.submit(command)) {
                return true;
            }
        }
        return false;
    }

    void close() {
        closed = true;
        shard.close();
    }
}
