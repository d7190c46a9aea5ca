package io.ternmq.runtime.consume;

import io.ternmq.LeaseLostException;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that is kept alive while its message is handled, and ended in the end. What is asked of the engine for one lease is asked
 * one after the other, since renewing changes what the lease is known by. Thread-safe.
 */
final class HeldMessage {

    private static final Logger LOG = LoggerFactory.getLogger(HeldMessage.class);

    /** So long after the engine could not end a lease it is asked again, until the lease's time is over. */
    private static final Duration AGAIN = Duration.ofMillis(500);

    private final Engine engine;
    private final GroupMember member;
    private final StoredMessage message;
    private CompletableFuture<LeasedMessage> last;
    private boolean ended;

    HeldMessage(Engine engine, GroupMember member, LeasedMessage lease) {
        this.engine = engine;
        this.member = member;
        this.message = lease.message();
        this.last = CompletableFuture.completedFuture(lease);
    }

    StoredMessage message() {
        return message;
    }

    /**
     * Renews it when it was taken or renewed long enough ago.
     *
     * @param invisible from now
     * @param after     how long ago that is
     */
    synchronized void renew(Duration invisible, Duration after, Instant now) {
        if (ended || !last.isDone()) {
            return;
        }
        LeasedMessage lease = last.join();
        if (now.plus(invisible).minus(after).isAfter(lease.deadline())) {
            last = member.extend(lease, invisible).exceptionally(failure -> {
                LOG.warn(
                        "The lease of message {} could not be renewed",
                        lease.message().id(),
                        failure);
                return lease;
            });
        }
    }

    void done() {
        end("acknowledged", member::ack);
    }

    void tryAgain(Duration delay) {
        end("given back", lease -> member.retry(lease, delay));
    }

    void notBegun() {
        end("given back", member::putBack);
    }

    void bury() {
        end("moved to the dead letters", member::deadLetter);
    }

    private synchronized void end(String what, Function<LeasedMessage, CompletableFuture<Void>> how) {
        ended = true;
        CompletableFuture<Void> unused = last.thenAccept(lease -> end(lease, what, how));
    }

    private void end(LeasedMessage lease, String what, Function<LeasedMessage, CompletableFuture<Void>> how) {
        CompletableFuture<Void> unused = asked(lease, how).whenComplete((nothing, failure) -> {
            if (failure != null) {
                failed(lease, what, how, Awaiting.cause(failure));
            }
        });
    }

    private static CompletableFuture<Void> asked(
            LeasedMessage lease, Function<LeasedMessage, CompletableFuture<Void>> how) {
        try {
            return how.apply(lease);
        } catch (RuntimeException e) { // such as a delay that no clock can tell
            return CompletableFuture.failedFuture(e);
        }
    }

    private void failed(
            LeasedMessage lease, String what, Function<LeasedMessage, CompletableFuture<Void>> how, Throwable cause) {
        boolean isLost = cause instanceof LeaseLostException
                || engine.clock().instant().plus(AGAIN).isAfter(lease.deadline());
        if (isLost) {
            LOG.warn(
                    "Message {} of '{}' was not {} in time, and may be handled again",
                    lease.message().id(),
                    lease.message().partition().topic(),
                    what,
                    cause);
        } else {
            engine.schedule(AGAIN, () -> end(lease, what, how));
        }
    }
}
