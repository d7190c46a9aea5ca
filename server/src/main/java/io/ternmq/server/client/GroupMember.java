package io.ternmq.server.client;

import io.ternmq.Filter;
import io.ternmq.Partition;
import io.ternmq.StartAt;
import io.ternmq.TernMQException;
import io.ternmq.client.member.Presence;
import io.ternmq.client.member.Resets;
import io.ternmq.client.offset.Reading;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.ReadRequest;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A member of a consumer group that shares queues with the others, as RocketMQ's own clients do: it computes its part of them, keeps one pull waiting
 * in each, and commits how far it is. Unlike a consumer of the API it hands messages over one by one, and one that was not taken back as done comes
 * again.
 *
 * <p>Everything happens on the thread that calls {@link #next}; what other threads learn (answers, the server's
 * requests) is put into a queue for it. Only {@link #wakeUp} is for any thread.
 */
public final class GroupMember implements AutoCloseable {

    private static final String RETRY_PREFIX = "%RETRY%";
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final long REBALANCE_EVERY_MS = 20_000;
    private static final long COMMIT_EVERY_MS = 5_000;
    private static final long RETRY_AFTER_MS = 1_000;
    private static final long TICK_MS = 500;
    private static final int PULL_COUNT_MAX = 64;

    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Queue<Delivery> ready = new ArrayDeque<>();
    private final Servers servers;
    private final MemberTerms terms;
    private final String topic;
    private final Presence presence;
    private final AssignedQueues assigned;
    private final EpochClock clock;
    private final Consumer<String> notices;
    private Presence.@Nullable Seat seat;
    private long rebalanceAtMs;
    private long commitAtMs;
    private boolean woken;
    private @Nullable Delivery current;

    /** A message, its queue, and where the queue stands once the message is consumed. */
    private record Delivery(ReceivedMessage message, QueueProgress progress, long offsetAfter) {}

    /**
     * What a member wants.
     *
     * @param group   the group
     * @param topic   what it reads
     * @param filter  which messages of it
     * @param startAt where the group begins in queues that it never read
     */
    public record Wish(String group, String topic, Filter filter, StartAt startAt) {

        /** Where messages wait that the group failed to consume: every member reads it too. */
        private MemberTerms terms() {
            Map<String, Filter> topics = Map.of(topic, filter, RETRY_PREFIX + group, Filter.all());
            return new MemberTerms(group, MemberTerms.Mode.PARTITIONED, topics, false, Optional.empty(), startAt);
        }
    }

    /**
     * Joins nothing yet.
     *
     * @param servers what it talks to, its own: they are closed with it
     * @param wish    what is wanted
     * @param notices gets a line when something fails that is tried again
     */
    public GroupMember(Servers servers, Wish wish, Consumer<String> notices) {
        this.servers = servers;
        this.terms = wish.terms();
        this.topic = wish.topic();
        this.clock = servers.terms().clock();
        this.notices = notices;
        String clientId = "tern@" + ProcessHandle.current().pid() + "#"
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        this.presence = new Presence(new Presence.Parts(
                clientId,
                servers.connections(),
                servers.routes(),
                clock,
                servers.terms().timeoutMs()));
        this.assigned = new AssignedQueues(servers, terms, topic);
        servers.connections().on(RequestCode.RESET_CONSUMER_CLIENT_OFFSET, this::resetAsked);
    }

    /**
     * Joins the group.
     *
     * @throws TernMQException when the topic does not exist and will not, or no broker answers
     */
    public void join() {
        TopicRoute route = servers.await(servers.routes().route(topic));
        if (route.brokers().isEmpty()) {
            servers.await(servers.routes().writable(topic)); // which it will have
        }
        seat = servers.await(presence.join(terms, () -> events.add(() -> rebalanceAtMs = 0)));
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
        Presence.Seat mine = seat;
        if (mine != null) {
            attempt("leave", () -> servers.await(mine.leave()));
        }
        servers.close();
    }

    private void tick(long nowMs) {
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

    private void rebalance() {
        Presence.Seat mine = seat;
        if (mine == null) {
            return;
        }
        rebalanceAtMs = clock.time() + RETRY_AFTER_MS;
        List<QueueProgress> lost = assigned.rebalance(presence.clientId(), mine);
        ready.removeIf(delivery -> lost.contains(delivery.progress()));
        assigned.commit(lost);
        rebalanceAtMs = clock.time() + (assigned.isTopicThere() ? REBALANCE_EVERY_MS : RETRY_AFTER_MS);
    }

    private void pull(QueueProgress progress) {
        Object ticket = progress.beginPull();
        var request = new ReadRequest(
                terms.group(), progress.queue(), progress.pullOffset(), progress.filter(), PULL_COUNT_MAX, WAIT);
        var unused = servers.read(request)
                .whenComplete((found, failure) -> events.add(() -> pulled(progress, ticket, found, failure)));
    }

    private void pulled(
            QueueProgress progress,
            Object ticket,
            Reading.@Nullable Found<ReceivedMessage> found,
            @Nullable Throwable failure) {
        if (!progress.endPull(ticket)) {
            return;
        }
        if (found != null) {
            take(progress, found);
            return;
        }
        String why = failure == null ? "no answer" : Failures.cause(failure).getMessage();
        notices.accept(why + "; trying again");
        progress.pullAgainAt(clock.time() + RETRY_AFTER_MS);
    }

    private void take(QueueProgress progress, Reading.Found<ReceivedMessage> found) {
        List<ReceivedMessage> messages = found.messages();
        progress.pulledTo(found.nextOffset(), messages.size());
        for (int i = 0; i < messages.size(); i++) {
            ReceivedMessage message = messages.get(i);
            boolean last = i == messages.size() - 1;
            ready.add(new Delivery(message, progress, last ? found.nextOffset() : message.queueOffset() + 1));
        }
    }

    /** The server asks to go on elsewhere. Event loop. */
    private int resetAsked(Connection from, RemotingFrame request) {
        Map<Partition, Long> offsets = Resets.offsets(request);
        events.add(() -> attempt("reset offsets", () -> reset(offsets)));
        return ResponseCode.SUCCESS;
    }

    private void reset(Map<Partition, Long> offsets) {
        for (QueueProgress progress : assigned.all()) {
            Long offset = offsets.get(progress.queue());
            if (offset != null) {
                moveTo(progress, offset);
            }
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

    /** What fails here is tried again at its next turn. */
    private void attempt(String what, Runnable attempt) {
        try {
            attempt.run();
        } catch (TernMQException failed) {
            notices.accept("group " + terms.group() + ": cannot " + what + ": " + failed.getMessage());
        }
    }
}
