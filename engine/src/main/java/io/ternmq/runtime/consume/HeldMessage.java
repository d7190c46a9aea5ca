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
import org.jspecify.annotations.Nullable;
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
    private final HeldBatch batch;
    private LeasedMessage lease;
    private @Nullable CompletableFuture<LeasedMessage> renewing;
    private boolean ended;

    /** @param batch what it came with */
    HeldMessage(Engine engine, GroupMember member, LeasedMessage lease, HeldBatch batch) {
        this.engine = engine;
        this.member = member;
        this.message = lease.message();
        this.lease = lease;
        this.batch = batch;
    }

    StoredMessage message() {
        return message;
    }

    HeldBatch batch() {
        return batch;
    }

    /**
     * Renews it when it was taken or renewed long enough ago.
     *
     * @param invisible from now
     * @param after     how long ago that is
     */
    synchronized void renew(Duration invisible, Duration after, Instant now) {
        if (!ended && renewing == null && now.plus(invisible).minus(after).isAfter(lease.deadline())) {
            LeasedMessage old = lease;
            CompletableFuture<LeasedMessage> asked = member.extend(old, invisible)
                    .exceptionally(failure -> {
                        LOG.warn("The lease of message {} could not be renewed", message.id(), failure);
                        return old;
                    });
            renewing = asked;
            CompletableFuture<Void> unused = asked.thenAccept(this::renewed);
        }
    }

    private synchronized void renewed(LeasedMessage newLease) {
        lease = newLease;
        renewing = null;
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

    private void end(String what, Function<LeasedMessage, CompletableFuture<Void>> how) {
        LeasedMessage last;
        CompletableFuture<LeasedMessage> open;
        synchronized (this) {
            ended = true;
            last = lease;
            open = renewing;
        }
        if (open == null) {
            end(last, what, how);
        } else {
            CompletableFuture<Void> unused = open.thenAccept(renewed -> end(renewed, what, how));
        }
    }

    private void end(LeasedMessage last, String what, Function<LeasedMessage, CompletableFuture<Void>> how) {
        CompletableFuture<Void> unused = asked(last, how).whenComplete((nothing, failure) -> {
            if (failure != null) {
                failed(last, what, how, Awaiting.cause(failure));
            }
        });
    }

    private static CompletableFuture<Void> asked(
            LeasedMessage last, Function<LeasedMessage, CompletableFuture<Void>> how) {
        try {
            return how.apply(last);
        } catch (RuntimeException e) { // such as a delay that no clock can tell
            return CompletableFuture.failedFuture(e);
        }
    }

    private void failed(
            LeasedMessage last, String what, Function<LeasedMessage, CompletableFuture<Void>> how, Throwable cause) {
        boolean isLost = cause instanceof LeaseLostException
                || engine.clock().instant().plus(AGAIN).isAfter(last.deadline());
        if (isLost) {
            LOG.warn(
                    "Message {} of '{}' was not {} in time, and may be handled again",
                    message.id(),
                    message.partition().topic(),
                    what,
                    cause);
        } else {
            engine.schedule(AGAIN, () -> end(last, what, how));
        }
    }
}
