package io.ternmq.broker.member;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Which member of a group consumes a queue in order. A lock ends when it is given back or was not renewed for a while, by the time
 * that passes, whatever happens to the clock; not when its holder's connection is lost, since the holder may still be at work on
 * what it has and trusts its lock for 30 s. Thread-safe, with one lock.
 */
public final class QueueLocks {
    /** A lock that was not renewed for so long is free, unless set otherwise; RocketMQ's consumers renew every 20 s. */
    public static final long EXPIRY_MS = 60_000;

    /** So many locks are held at most, of all groups together. */
    public static final int COUNT_MAX = 16_384;

    /** So many change hands at once at most: each is a record. A client that wants more asks again. */
    static final int CHANGES_MAX = 1_024;

    private final Map<String, Map<LockedQueue, Holder>> groups = new HashMap<>();
    private final NanoClock clock;
    private final long expiryNs;
    private int count;

    /**
     * A queue as its consumers name it.
     *
     * @param topic the topic's name
     * @param queueId the queue of that topic
     */
    public record LockedQueue(String topic, int queueId) {}

    /**
     * A queue of a group.
     *
     * @param group the group's name
     * @param queue the queue
     */
    public record GroupQueue(String group, LockedQueue queue) {}

    /**
     * What became of a wish.
     *
     * @param queues the client's own now
     * @param taken those of them that it did not have before
     * @param full whether there were too many locks for one more
     */
    public record Locked(List<LockedQueue> queues, List<LockedQueue> taken, boolean full) {}

    private record Holder(String clientId, long renewedNs) {}

    /**
     * Nobody holds a queue at first.
     *
     * @param clock what passes; it never goes back
     * @param expiryMs a lock that was not renewed for so long is free
     */
    public QueueLocks(NanoClock clock, long expiryMs) {
        this.clock = clock;
        this.expiryNs = TimeUnit.MILLISECONDS.toNanos(expiryMs);
    }

    /** Locks or renews what is free or the client's own already. */
    public synchronized Locked lock(String group, String clientId, List<LockedQueue> queues) {
        long nowNs = clock.nanoTime();
        List<LockedQueue> locked = new ArrayList<>(queues.size());
        List<LockedQueue> taken = new ArrayList<>();
        boolean full = false;
        Map<LockedQueue, Holder> holders = groups.computeIfAbsent(group, name -> new HashMap<>());
        for (LockedQueue queue : queues) {
            Holder holder = holders.get(queue);
            boolean isOwn = holder != null && holder.clientId.equals(clientId);
            if (!isOwn && (isHeld(holder, nowNs) || taken.size() >= CHANGES_MAX)) {
                continue;
            }
            if (holder == null && count >= COUNT_MAX) {
                full = true;
                continue;
            }
            if (!isOwn) {
                taken.add(queue);
            }
            put(holders, queue, new Holder(clientId, nowNs));
            locked.add(queue);
        }
        forgetIfEmpty(group, holders);
        return new Locked(locked, taken, full);
    }

    /** Gives back those of the queues that the client holds, {@value #CHANGES_MAX} at most. @return which */
    public synchronized List<LockedQueue> unlock(String group, String clientId, List<LockedQueue> queues) {
        Map<LockedQueue, Holder> holders = groups.get(group);
        if (holders == null) {
            return List.of();
        }
        List<LockedQueue> freed = new ArrayList<>();
        for (LockedQueue queue : queues) {
            Holder holder = holders.get(queue);
            if (holder != null && holder.clientId.equals(clientId) && freed.size() < CHANGES_MAX) {
                remove(holders, queue);
                freed.add(queue);
            }
        }
        forgetIfEmpty(group, holders);
        return freed;
    }

    /** A queue was the client's before a restart: it is as if it had been renewed just now. */
    public synchronized void restore(GroupQueue queue, String clientId) {
        Map<LockedQueue, Holder> holders = groups.computeIfAbsent(queue.group(), name -> new HashMap<>());
        if (count < COUNT_MAX && !holders.containsKey(queue.queue())) {
            put(holders, queue.queue(), new Holder(clientId, clock.nanoTime()));
        }
        forgetIfEmpty(queue.group(), holders);
    }

    /** @return whether a member of the group holds a queue; looks at the group's locks until one is found */
    public synchronized boolean isHeldBy(String group) {
        Map<LockedQueue, Holder> holders = groups.get(group);
        if (holders == null) {
            return false;
        }
        long nowNs = clock.nanoTime();
        return holders.values().stream().anyMatch(holder -> isHeld(holder, nowNs));
    }

    /** Forgets locks that nobody renews, {@value #CHANGES_MAX} at most. @return which */
    public synchronized List<GroupQueue> removeExpired() {
        List<GroupQueue> expired = expired(CHANGES_MAX);
        for (GroupQueue queue : expired) {
            Map<LockedQueue, Holder> holders = groups.getOrDefault(queue.group(), Map.of());
            remove(holders, queue.queue());
            forgetIfEmpty(queue.group(), holders);
        }
        return expired;
    }

    /** @return whether there is something to forget */
    public synchronized boolean hasExpired() {
        return !expired(1).isEmpty();
    }

    /** @return how many locks there are, those included that nobody renews */
    public synchronized int count() {
        return count;
    }

    private List<GroupQueue> expired(int countMax) {
        long nowNs = clock.nanoTime();
        List<GroupQueue> expired = new ArrayList<>();
        groups.forEach((group, holders) -> holders.forEach((queue, holder) -> {
            if (expired.size() < countMax && !isHeld(holder, nowNs)) {
                expired.add(new GroupQueue(group, queue));
            }
        }));
        return expired;
    }

    private void put(Map<LockedQueue, Holder> holders, LockedQueue queue, Holder holder) {
        if (holders.put(queue, holder) == null) {
            count++;
        }
    }

    private void remove(Map<LockedQueue, Holder> holders, LockedQueue queue) {
        if (holders.remove(queue) != null) {
            count--;
        }
    }

    private void forgetIfEmpty(String group, Map<LockedQueue, Holder> holders) {
        if (holders.isEmpty()) {
            groups.remove(group);
        }
    }

    private boolean isHeld(@Nullable Holder holder, long nowNs) {
        return holder != null && nowNs - holder.renewedNs < expiryNs;
    }
}
