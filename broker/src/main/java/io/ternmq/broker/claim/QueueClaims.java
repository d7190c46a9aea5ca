package io.ternmq.broker.claim;

import io.ternmq.broker.member.Connection;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The claims of all groups to the queues of a shard. Found by any thread; made and forgotten by the shard's. */
public final class QueueClaims {
    /** Clients that pull report how far they are every five seconds, however busy: that makes three. */
    public static final long LOCK_MS_DEFAULT = 15_000;

    /**
     * So long is it known what was done by lease before a queue was left: a member that pulled it before that may still believe the
     * group to be where it was.
     */
    static final long DONE_KEPT_MS = 600_000;

    private static final QueueClaim[] NO_CLAIMS = {};

    private final Map<String, GroupClaims> groups = new ConcurrentHashMap<>();
    private final long lockMs;

    private static final class GroupClaims {
        private final Map<String, @Nullable QueueClaim[]> topics = new ConcurrentHashMap<>();
        private volatile long leftMs;
    }

    /** @param lockMs how long a member that reads a queue by offset may be silent, and those who take from it by lease */
    public QueueClaims(long lockMs) {
        this.lockMs = lockMs;
    }

    /** @return how long either side may be silent before the other one gets the queue, in milliseconds */
    public long lockMs() {
        return lockMs;
    }

    /** Any thread. @return the group's claim to the queue, or null */
    public @Nullable QueueClaim find(String group, String topic, int queueId) {
        GroupClaims claims = groups.get(group);
        @Nullable QueueClaim[] queues = claims == null ? null : claims.topics.get(topic);
        return queues == null || queueId < 0 || queueId >= queues.length ? null : queues[queueId];
    }

    /** Any thread: a member has left the group; what it had is free. */
    public void left(String group, Connection member, long nowMs) {
        GroupClaims claims = groups.get(group);
        if (claims != null) {
            claims.leftMs = nowMs;
            forEach(claims, claim -> claim.left(member));
        }
    }

    /** @return when a member left the group last, as far as anybody remembers; 0 for never */
    public long leftMs(String group) {
        GroupClaims claims = groups.get(group);
        return claims == null ? 0 : claims.leftMs;
    }

    /** Shard thread. @return the group's claim to a queue that the topic has */
    public QueueClaim getOrAdd(String group, String topic, int queueId) {
        QueueClaim known = find(group, topic, queueId);
        if (known != null) {
            return known;
        }
        Map<String, @Nullable QueueClaim[]> topics = groups.computeIfAbsent(group, name -> new GroupClaims()).topics;
        @Nullable QueueClaim[] old = topics.getOrDefault(topic, NO_CLAIMS);
        @Nullable QueueClaim[] queues = Arrays.copyOf(old, Math.max(old.length, queueId + 1));
        QueueClaim claim = new QueueClaim(lockMs);
        queues[queueId] = claim;
        topics.put(topic, queues);
        return claim;
    }

    /** Shard thread: the group is gone. */
    public void forgetGroup(String group) {
        GroupClaims claims = groups.remove(group);
        if (claims != null) {
            forEach(claims, QueueClaim::revoke);
        }
    }

    /** Shard thread: the group has no progress on the topic any more. */
    public void forgetTopic(String group, String topic) {
        GroupClaims claims = groups.get(group);
        @Nullable QueueClaim[] queues = claims == null ? null : claims.topics.remove(topic);
        if (queues != null) {
            forEach(queues, QueueClaim::revoke);
        }
    }

    /** Shard thread: the topic is gone. */
    public void forgetTopic(String topic) {
        groups.keySet().forEach(group -> forgetTopic(group, topic));
    }

    /** Shard thread: forgets what nobody claims. */
    public void sweep(long nowMs) {
        for (GroupClaims claims : groups.values()) {
            claims.topics
                    .values()
                    .removeIf(queues -> Arrays.stream(queues)
                            .filter(Objects::nonNull)
                            .allMatch(claim -> claim.retire(nowMs, DONE_KEPT_MS)));
        }
        groups.values().removeIf(claims -> claims.topics.isEmpty());
    }

    private static void forEach(GroupClaims claims, Consumer<QueueClaim> action) {
        claims.topics.values().forEach(queues -> forEach(queues, action));
    }

    private static void forEach(@Nullable QueueClaim[] queues, Consumer<QueueClaim> action) {
        for (QueueClaim claim : queues) {
            if (claim != null) {
                action.accept(claim);
            }
        }
    }
}
