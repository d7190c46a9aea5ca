package io.ternmq.broker;

import io.ternmq.broker.command.Command;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The commands that wait for the shard, bounded by count and by the bytes they hold. Any thread puts; whose turn it is
 * takes. The shard thread sleeps when there is nothing, until it is woken.
 */
final class Mailbox {
    private final ManyToOneConcurrentArrayQueue<Command> commands;
    private final AtomicLong heldBytes = new AtomicLong();
    private final long bytesMax;
    private volatile @Nullable Thread sleeper;
    private volatile boolean closed;

    Mailbox(int countMax, long bytesMax) {
        this.commands = new ManyToOneConcurrentArrayQueue<>(countMax);
        this.bytesMax = bytesMax;
    }

    /** @return false when a limit is reached; the command was not taken */
    boolean offer(Command command) {
        int bytes = command.heldBytes();
        if (bytes > 0 && heldBytes.addAndGet(bytes) > bytesMax) {
            heldBytes.addAndGet(-bytes);
            return false;
        }
        if (!commands.offer(command)) {
            heldBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** @return whether a command waits while the shard thread sleeps: who has put it must see to it that it is worked on */
    boolean isForgotten() {
        // what was put must be visible before we look for a sleeper, as the sleeper looks again after it says it sleeps
        VarHandle.fullFence();
        return sleeper != null && !commands.isEmpty();
    }

    /** @return the next command, or null when there is none */
    @Nullable
    Command poll() {
        return commands.poll();
    }

    /** The command was answered; what it held is free. */
    void answered(Command command) {
        int bytes = command.heldBytes();
        if (bytes > 0) {
            heldBytes.addAndGet(-bytes);
        }
    }

    /** @return how many commands wait */
    int count() {
        return commands.size();
    }

    /** Sleeps until something is put, the time is over, or {@link #wake} or {@link #close} is called. Shard thread. */
    void sleep(long nanos) {
        sleeper = Thread.currentThread();
        VarHandle.fullFence();
        if (commands.isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    /** Ends the sleep of the shard thread; costs no system call when it does not sleep. */
    void wake() {
        VarHandle.fullFence(); // see isForgotten
        Thread thread = sleeper;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the sleep of the shard thread for ever: one that is about to begin, too, which {@link #wake} alone would miss. */
    void close() {
        closed = true;
        wake();
    }
}
