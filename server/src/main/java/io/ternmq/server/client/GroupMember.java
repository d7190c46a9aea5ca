package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.JsonObject;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.WireException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group as RocketMQ's own clients are: it sends heartbeats, computes its part of the queues
 * together with the others, keeps one pull waiting in each, and commits how far it is.
 *
 * <p>Everything happens on the thread that calls {@link #next}; what other threads learn (answers, the server's
 * requests) is put into a queue for it. Only {@link #wakeUp} is for any thread.
 */
public final class GroupMember implements AutoCloseable {

    private static final long HEARTBEAT_EVERY_MS = 20_000;
    private static final long REBALANCE_EVERY_MS = 20_000;
    private static final long COMMIT_EVERY_MS = 5_000;
    private static final long RETRY_AFTER_MS = 1_000;
    private static final long TICK_MS = 500;
    private static final int PULL_COUNT_MAX = 64;

    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Queue<Delivery> ready = new ArrayDeque<>();
    private final ServerConnections connections;
    private final MessagePuller puller;
    private final MemberTerms terms;
    private final Membership membership;
    private final AssignedQueues assigned;
    private final EpochClock clock;
    private final Consumer<String> notices;
    private long heartbeatAtMs;
    private long rebalanceAtMs;
    private long commitAtMs;
    private boolean woken;
    private @Nullable Delivery current;

    /** A message, its queue, and where the queue stands once the message is consumed. */
    private record Delivery(ReceivedMessage message, QueueProgress progress, long offsetAfter) {}

    /**
     * Joins nothing yet.
     *
     * @param nameServer where routes are asked for
     * @param timeout    how long a connect and an answer may take
     * @param terms      what is wanted
     * @param clock      the time
     * @param notices    gets a line when something fails that is tried again
     */
    public GroupMember(
            HostPort nameServer, Duration timeout, MemberTerms terms, EpochClock clock, Consumer<String> notices) {
        this.connections = new ServerConnections(nameServer, timeout, frame -> events.add(() -> handle(frame)));
        this.puller = new MessagePuller(connections, terms.group());
        this.terms = terms;
        this.clock = clock;
        this.notices = notices;
        String clientId = "tern@" + ProcessHandle.current().pid() + "#"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        Map<String, TagExpression> subscriptions = new LinkedHashMap<>();
        subscriptions.put(terms.topic(), terms.tags());
        subscriptions.put(terms.retryTopic(), TagExpression.ALL);
        this.membership = new Membership(connections, terms.group(), clientId, subscriptions, clock.time());
        this.assigned = new AssignedQueues(connections, terms, membership, clientId);
    }

    /**
     * Joins the group.
     *
     * @throws WireException when the topic does not exist or no broker answers
     */
    public void join() throws WireException {
        assigned.findBrokers();
        beat();
        rebalance();
        commitAtMs = clock.time() + COMMIT_EVERY_MS;
    }

    /**
     * Waits for a message. Whoever calls again says by it that the one before is consumed.
     *
     * @param timeout how long to wait
     * @return null when none came, or somebody called {@link #wakeUp}
     */
    public @Nullable ReceivedMessage next(Duration timeout) {
        done();
        long deadlineMs = clock.time() + timeout.toMillis();
        while (true) {
            long nowMs = clock.time();
            tick(nowMs);
            Delivery delivery = ready.poll();
            if (delivery != null) {
                delivery.progress().taken();
                current = delivery;
                return delivery.message();
            }
            if (nowMs >= deadlineMs || !runEvent(Math.min(TICK_MS, deadlineMs - nowMs))) {
                return null;
            }
        }
    }

    /** @return false when the caller of {@link #next} shall get its thread back */
    private boolean runEvent(long waitMs) {
        try {
            Runnable event = events.poll(waitMs, TimeUnit.MILLISECONDS);
            woken = false;
            if (event != null) {
                event.run();
            }
            return !woken;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Says that the message last returned is consumed. */
    public void done() {
        if (current != null) {
            current.progress().consumedTo(current.offsetAfter());
            current = null;
        }
    }

    /** Lets a waiting {@link #next} return. For any thread. */
    public void wakeUp() {
        events.add(() -> woken = true);
    }

    /** Commits what is consumed and leaves the group. */
    @Override
    public void close() {
        attempt("commit", () -> assigned.commit(assigned.all()));
        for (HostPort broker : assigned.brokers()) {
            attempt("leave", () -> membership.leave(broker));
        }
        connections.close();
    }

    private void tick(long nowMs) {
        if (nowMs >= heartbeatAtMs) {
            attempt("heartbeat", this::beat);
        }
        if (nowMs >= rebalanceAtMs) {
            attempt("divide the queues", this::rebalance);
        }
        if (nowMs >= commitAtMs) {
            commitAtMs = nowMs + COMMIT_EVERY_MS;
            attempt("commit", () -> assigned.commit(assigned.all()));
        }
        for (QueueProgress progress : assigned.all()) {
            if (progress.mayPull(nowMs)) {
                pull(progress);
            }
        }
    }

    private void beat() throws WireException {
        heartbeatAtMs = clock.time() + RETRY_AFTER_MS;
        for (HostPort broker : assigned.brokers()) {
            membership.beat(broker);
        }
        heartbeatAtMs = clock.time() + HEARTBEAT_EVERY_MS;
    }

    private void rebalance() throws WireException {
        rebalanceAtMs = clock.time() + RETRY_AFTER_MS;
        List<QueueProgress> lost = assigned.rebalance();
        ready.removeIf(delivery -> lost.contains(delivery.progress()));
        assigned.commit(lost);
        rebalanceAtMs = clock.time() + (assigned.isTopicThere() ? REBALANCE_EVERY_MS : RETRY_AFTER_MS);
    }

    private void pull(QueueProgress progress) {
        Object ticket = progress.beginPull();
        var unused = puller.pullOrWait(progress.queue(), progress.pullOffset(), PULL_COUNT_MAX, progress.tags())
                .whenComplete((frame, error) -> events.add(() -> pulled(progress, ticket, frame, error)));
    }

    private void pulled(QueueProgress progress, Object ticket, @Nullable Frame frame, @Nullable Throwable error) {
        if (!progress.endPull(ticket)) {
            return;
        }
        try {
            if (frame == null) {
                throw new WireException(String.valueOf(error == null ? "no answer" : error.getMessage()));
            }
            take(progress, PullAnswer.of(frame, progress.queue(), progress.tags()));
        } catch (WireException failed) {
            notices.accept(failed.getMessage() + "; trying again");
            progress.pullAgainAt(clock.time() + RETRY_AFTER_MS);
            heartbeatAtMs = 0;
        }
    }

    private void take(QueueProgress progress, PullAnswer answer) {
        if (answer.moved()) {
            progress.moveTo(answer.nextOffset());
            return;
        }
        List<ReceivedMessage> messages = answer.messages();
        progress.pulledTo(answer.nextOffset(), messages.size());
        for (int i = 0; i < messages.size(); i++) {
            ReceivedMessage message = messages.get(i);
            boolean last = i == messages.size() - 1;
            ready.add(new Delivery(message, progress, last ? answer.nextOffset() : message.queueOffset() + 1));
        }
    }

    /** What the server asks: to divide the queues anew, or to go on elsewhere. */
    private void handle(Frame request) {
        if (request.code() == RequestCode.NOTIFY_CONSUMER_IDS_CHANGED) {
            rebalanceAtMs = 0;
        } else if (request.code() == RequestCode.RESET_CONSUMER_CLIENT_OFFSET) {
            attempt(
                    "reset offsets",
                    () -> reset(JsonReader.object(request.body()).object("offsetTable")));
        }
    }

    private void reset(JsonObject offsetByQueue) throws WireException {
        for (QueueProgress progress : assigned.all()) {
            offsetByQueue.members().forEach((queue, offset) -> {
                if (queue instanceof JsonObject json && offset instanceof Long target && isOf(progress, json)) {
                    moveTo(progress, target);
                }
            });
        }
        assigned.commit(assigned.all());
    }

    private void moveTo(QueueProgress progress, long offset) {
        ready.removeIf(delivery -> delivery.progress() == progress);
        if (current != null && current.progress() == progress) {
            current = null;
        }
        progress.moveTo(offset);
    }

    private static boolean isOf(QueueProgress progress, JsonObject queue) {
        QueueRef own = progress.queue();
        return own.topic().equals(queue.text("topic", ""))
                && own.brokerName().equals(queue.text("brokerName", ""))
                && own.queueId() == queue.number("queueId", -1);
    }

    private interface Attempt {
        void run() throws WireException;
    }

    /** What fails here is tried again at its next turn. */
    private void attempt(String what, Attempt attempt) {
        try {
            attempt.run();
        } catch (WireException failed) {
            notices.accept("group " + terms.group() + ": cannot " + what + ": " + failed.getMessage());
        }
    }
}
