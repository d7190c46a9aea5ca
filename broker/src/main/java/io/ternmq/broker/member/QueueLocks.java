package io.ternmq.broker.member;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.EpochClock;

/**
 * Which member of a group consumes a queue in order. A lock ends when it is given back or was not renewed for {@link
 * #EXPIRY_MS}; not when its holder's connection is lost, since the holder may still be at work on what it has and trusts
 * its lock for 30 s. Thread-safe, with one lock. Bounded by the groups' queues: {@link #removeExpired} forgets the rest.
 */
public final class QueueLocks {
    /** A lock that was not renewed for so long is free; RocketMQ's consumers renew every 20 s. */
    public static final long EXPIRY_MS = 60_000;

    /**
     * A queue as its consumers name it.
     *
     * @param topic the topic's name
     * @param queueId the queue of that topic
     */
    public record LockedQueue(String topic, int queueId) {}

    private record Key(String group, LockedQueue queue) {}

    private record Holder(String clientId, long renewedMs) {}

    private final Map<Key, Holder> holders = new HashMap<>();
    private final EpochClock clock;

    /** @param clock tells when a lock was last renewed */
    public QueueLocks(EpochClock clock) {
        this.clock = clock;
    }

    /** Locks or renews what is free or the client's own already. @return the queues that are the client's now */
    public synchronized List<LockedQueue> lock(String group, String clientId, List<LockedQueue> queues) {
        long nowMs = clock.time();
        List<LockedQueue> locked = new ArrayList<>(queues.size());
        for (LockedQueue queue : queues) {
            Holder holder = holders.get(new Key(group, queue));
            if (holder == null || holder.clientId.equals(clientId) || isExpired(holder, nowMs)) {
                holders.put(new Key(group, queue), new Holder(clientId, nowMs));
                locked.add(queue);
            }
        }
        return locked;
    }

    /** Gives back those of the queues that the client holds. */
    public synchronized void unlock(String group, String clientId, List<LockedQueue> queues) {
        for (LockedQueue queue : queues) {
            holders.computeIfPresent(
                    new Key(group, queue), (key, holder) -> holder.clientId.equals(clientId) ? null : holder);
        }
    }

    /** @return whether a member of the group holds a queue; looks at all locks */
    public synchronized boolean isHeldBy(String group) {
        long nowMs = clock.time();
        return holders.entrySet().stream()
                .anyMatch(held -> held.getKey().group.equals(group) && !isExpired(held.getValue(), nowMs));
    }

    /** Forgets locks that nobody renews. @return how many */
    public synchronized int removeExpired() {
        long nowMs = clock.time();
        int before = holders.size();
        holders.values().removeIf(holder -> isExpired(holder, nowMs));
        return before - holders.size();
    }

    private static boolean isExpired(Holder holder, long nowMs) {
        return nowMs - holder.renewedMs >= EXPIRY_MS;
    }
}
