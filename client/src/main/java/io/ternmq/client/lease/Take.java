package io.ternmq.client.lease;

import io.ternmq.ClosedException;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.GroupMember.TakeRequest;
import io.ternmq.engine.LeasedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request of a member for messages, until it is answered. With one broker it waits there. With several each is asked whether it has some at once,
 * one after the other; when none has, all are asked to wait, the first one to have some wins, and what the others still bring is kept for the next
 * request. No broker is asked to wait while it waits for an earlier request: that one's answer is waited for.
 */
final class Take {

    /** A topic that is not there is looked for again after so long. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final LeaseTerms terms;
    private final TopicTaking topic;
    private final TakeRequest request;
    private final Leftovers leftovers;
    private final long untilNs;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<List<LeasedMessage>> result = new CompletableFuture<>();

    /** What becomes of messages that a take cannot use. */
    interface Leftovers {

        /** They are for the next take. */
        void keep(List<LeasedMessage> messages);

        /** What was kept. */
        List<LeasedMessage> kept(TakeRequest request);

        /** They go back to the server. */
        void putBack(List<LeasedMessage> messages);

        /** They are not for this consumer, and so done. */
        void done(List<LeasedMessage> messages);
    }

    Take(LeaseTerms terms, TopicTaking topic, TakeRequest request, Leftovers leftovers) {
        this.terms = terms;
        this.topic = topic;
        this.request = request;
        this.leftovers = leftovers;
        this.untilNs = terms.nanoClock().nanoTime() + request.waitAtMost().toNanos();
    }

    CompletableFuture<List<LeasedMessage>> start() {
        round();
        return result;
    }

    private void round() {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<?> unused = topic.brokers().whenComplete((brokers, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (brokers.isEmpty()) {
                again(LOOK_AGAIN);
            } else if (brokers.size() == 1) {
                take(brokers.get(0), remainingMs(), () -> again(Duration.ZERO), this::fail);
            } else {
                askEach(brokers, 0);
            }
        });
    }

    private void askEach(List<String> brokers, int index) {
        if (index == brokers.size()) {
            waitForAny(brokers);
        } else {
            take(brokers.get(index), 0, () -> askEach(brokers, index + 1), unreachable -> askEach(brokers, index + 1));
        }
    }

    private void waitForAny(List<String> brokers) {
        long remainingMs = remainingMs();
        if (remainingMs <= 0) {
            again(Duration.ZERO);
            return;
        }
        later(Duration.ofMillis(remainingMs), this::timeIsUp); // an earlier request's answer may come later
        Listening listening = new Listening(brokers.size());
        brokers.forEach(listening::to);
        listening.deliver(); // what came between the last look and now
    }

    /** To several brokers at a time. One that cannot be reached does not keep the others from being heard. */
    private final class Listening {

        private final AtomicInteger missing;
        private final AtomicInteger reached = new AtomicInteger();

        Listening(int brokers) {
            this.missing = new AtomicInteger(brokers);
        }

        void to(String broker) {
            Polls.Poll poll = topic.polls()
                    .join(broker, () -> topic.take(broker, request, Math.max(0, remainingMs())), this::keep);
            CompletableFuture<?> unused = poll.brought().whenComplete((some, failure) -> {
                if (answered.get() || deliver()) {
                    return;
                }
                boolean isForOthers = poll.isJoined() || (failure == null && some);
                if (isForOthers && remainingMs() > 0) {
                    to(broker);
                } else {
                    ended(failure);
                }
            });
        }

        private void ended(@Nullable Throwable failure) {
            if (failure == null) {
                reached.incrementAndGet();
            }
            if (missing.decrementAndGet() > 0) {
                return;
            }
            if (failure == null || reached.get() > 0) {
                again(Duration.ZERO);
            } else {
                fail(failure);
            }
        }

        private void keep(List<LeasedMessage> taken) {
            List<LeasedMessage> wanted = wanted(taken);
            if (!wanted.isEmpty()) {
                leftovers.keep(wanted);
            }
        }

        /** @return false when there is nothing */
        boolean deliver() {
            if (answered.get()) {
                return true;
            }
            List<LeasedMessage> kept = leftovers.kept(request);
            if (kept.isEmpty()) {
                return false;
            }
            if (!answered.compareAndSet(false, true) || !result.complete(kept)) {
                leftovers.keep(kept);
            }
            return true;
        }
    }

    private void take(String broker, long waitMs, Runnable nothing, Consumer<Throwable> failed) {
        CompletableFuture<?> unused = topic.take(broker, request, Math.max(0, waitMs))
                .whenComplete((taken, failure) -> {
                    if (failure != null) {
                        failed.accept(failure);
                    } else if (!deliver(taken)) {
                        nothing.run();
                    }
                });
    }

    /** @return false when there was nothing for this consumer */
    private boolean deliver(List<LeasedMessage> taken) {
        List<LeasedMessage> wanted = wanted(taken);
        if (wanted.isEmpty()) {
            return false;
        }
        if (!answered.compareAndSet(false, true) || !result.complete(wanted)) {
            leftovers.putBack(wanted);
        }
        return true;
    }

    private List<LeasedMessage> wanted(List<LeasedMessage> taken) {
        List<LeasedMessage> wanted = new ArrayList<>(taken.size());
        List<LeasedMessage> foreign = new ArrayList<>(0);
        for (LeasedMessage message : taken) {
            (topic.tags().test(message.message()) ? wanted : foreign).add(message);
        }
        if (!foreign.isEmpty()) {
            leftovers.done(foreign);
        }
        return wanted;
    }

    private void again(Duration pause) {
        long remainingMs = remainingMs();
        if (remainingMs <= 0) {
            timeIsUp();
        } else if (pause.isZero()) {
            round();
        } else {
            later(Duration.ofMillis(Math.min(remainingMs, pause.toMillis())), this::round);
        }
    }

    private void later(Duration delay, Runnable task) {
        try {
            Runnable cancel = terms.connections().schedule(delay, task);
            CompletableFuture<?> unused = result.whenComplete((taken, failure) -> cancel.run());
        } catch (ClosedException closed) {
            fail(closed);
        }
    }

    private void timeIsUp() {
        if (answered.compareAndSet(false, true)) {
            result.complete(List.of());
        }
    }

    private void fail(Throwable failure) {
        if (answered.compareAndSet(false, true)) {
            result.completeExceptionally(Failures.cause(failure));
        }
    }

    private long remainingMs() {
        return TimeUnit.NANOSECONDS.toMillis(untilNs - terms.nanoClock().nanoTime());
    }
}
