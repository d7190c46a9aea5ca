package io.ternmq.broker.lease;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one group takes of one topic by lease, and who of the group waits for it. Shard thread only. */
final class TopicLeases {
    /** Whether a queue that is read by offset has become free is looked at so often. */
    private static final long LOOK_AGAIN_MS = 500;

    private static final QueueLeases[] NO_QUEUES = {};

    private final Leases leases;
    private final String group;
    private final String name;
    private final ArrayDeque<LeaseWait> waiting = new ArrayDeque<>();
    private QueueLeases[] queues = NO_QUEUES;
    private int rotation;
    private boolean news;
    private long popTimeMinMs;
    private long lookingAgainTimer = Deadlines.NONE;

    TopicLeases(Leases leases, String group, String name) {
        this.leases = leases;
        this.group = group;
        this.name = name;
    }

    String group() {
        return group;
    }

    String name() {
        return name;
    }

    Deadlines deadlines() {
        return leases.deadlines();
    }

    int retryMax() {
        return leases.retryMax(group);
    }

    /** @return what is known of the queue, or null */
    @Nullable
    QueueLeases queue(int queueId) {
        return queueId >= 0 && queueId < queues.length ? queues[queueId] : null;
    }

    void put(QueueLeases queue) {
        if (queue.queueId() >= queues.length) {
            queues = Arrays.copyOf(queues, queue.queueId() + 1);
        }
        queues[queue.queueId()] = queue;
    }

    void remove(QueueLeases queue) {
        queues[queue.queueId()] = null;
    }

    List<QueueLeases> queues() {
        return Arrays.stream(queues).filter(Objects::nonNull).toList();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && queues().isEmpty();
    }

    /** @return the queue to begin with, another one each time, so that none is kept waiting by the others */
    int nextRotation(int queueCount) {
        rotation = (rotation + 1) % queueCount;
        return rotation;
    }

    /** Later than any pop time of leases that were forgotten: their handles must not fit new ones. */
    long popTimeMinMs() {
        return popTimeMinMs;
    }

    void forgotten(QueueLeases queue) {
        popTimeMinMs = Math.max(popTimeMinMs, queue.lastPopTimeMs() + 1);
    }

    ArrayDeque<LeaseWait> waiting() {
        return waiting;
    }

    /** A queue of it is read by offset: those who take look again after a while. */
    void passedOver(long nowMs) {
        if (lookingAgainTimer == Deadlines.NONE) {
            lookingAgainTimer = deadlines().schedule(this::lookAgain, nowMs + LOOK_AGAIN_MS);
        }
    }

    private void lookAgain(long nowMs) {
        lookingAgainTimer = Deadlines.NONE;
        hasNews();
    }

    /** There is something to hand out: those who wait are asked again. */
    void hasNews() {
        if (!news) {
            news = true;
            leases.hasNews(this);
        }
    }

    void newsTaken() {
        news = false;
    }

    /** @return whether lanes matter to who takes from it */
    boolean usesLanes() {
        return leases.lanes().isUsed(group, name);
    }

    /** @return whether messages of a topic and lane have consumers of their own */
    boolean isAlive(String topic, String lane) {
        return leases.lanes().isAlive(group, topic, lane);
    }

    void changed(QueueLeases queue) {
        leases.changed(queue);
    }

    void exhausted(Lease lease) {
        leases.exhausted(lease);
    }
}
