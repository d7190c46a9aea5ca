package io.ternmq.broker.state;

import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.OffsetsCommitted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Progress as its readers see it: the state, and over it what members have committed since the last record. Commits
 * come often and are worth little each, so they are gathered here and become one record a moment later. Not state: it
 * is lost in a crash, and members then get a moment's messages again. Shard thread only.
 */
public final class PendingProgress {
    /** So many commits of different queues are gathered at most; then a record is due at once. */
    public static final int COUNT_MAX = 10_000;

    /** What the names, of so many characters at most, and the numbers of a row take. */
    private static final int ROW_BYTES_MAX = 512;

    private record Key(String group, String topic, int queueId) {}

    private final Progress committed;
    private final Map<Key, Long> pending = new HashMap<>();
    private final Map<Key, LongConsumer> leased = new HashMap<>();
    private final QueueClaims claims;

    /**
     * @param committed what the records have made of it
     * @param claims who may say how far groups have come
     */
    public PendingProgress(Progress committed, QueueClaims claims) {
        this.committed = committed;
        this.claims = claims;
    }

    /** @return the next offset that the group will consume, or {@link Progress#NONE} */
    public long get(String group, String topic, int queueId) {
        Long offset = pending.get(new Key(group, topic, queueId));
        return offset == null ? committed.get(group, topic, queueId) : offset;
    }

    /** @return the topics on which the group has come somewhere */
    public Set<String> topics(String group) {
        Set<String> topics = new HashSet<>(committed.topics(group));
        pending.keySet().stream().filter(key -> key.group.equals(group)).forEach(key -> topics.add(key.topic));
        return topics;
    }

    /** @return the groups that have come somewhere on the topic, in order */
    public Set<String> groups(String topic) {
        Set<String> groups = new TreeSet<>(committed.groups(topic));
        pending.keySet().stream().filter(key -> key.topic.equals(topic)).forEach(key -> groups.add(key.group));
        return groups;
    }

    /** Notes a commit; one that changes nothing is forgotten. */
    public void commit(CommittedOffset offset) {
        Key key = new Key(offset.group(), offset.topic(), offset.queueId());
        if (committed.get(offset.group(), offset.topic(), offset.queueId()) == offset.offset()) {
            pending.remove(key);
        } else {
            pending.put(key, offset.offset());
        }
    }

    /**
     * Notes how far a member says that its group has come. That means nothing while the queue is leased: then progress is what was
     * acknowledged; nor when it goes back before what was done by lease, as a member's that has not noticed that yet.
     */
    public void report(CommittedOffset offset) {
        QueueClaim claim = claims.find(offset.group(), offset.topic(), offset.queueId());
        if (claim == null || claim.admitsReport(offset.offset())) {
            come(offset);
        }
    }

    /** Notes where somebody wants the group to go on; nothing while the queue is leased. */
    public void choose(CommittedOffset offset) {
        QueueClaim claim = claims.find(offset.group(), offset.topic(), offset.queueId());
        if (claim == null || !claim.isLeased()) {
            if (claim != null) {
                claim.forgetDone();
            }
            come(offset);
        }
    }

    private void come(CommittedOffset offset) {
        LongConsumer leases = leased.get(new Key(offset.group(), offset.topic(), offset.queueId()));
        if (leases == null) {
            commit(offset);
        } else {
            leases.accept(offset.offset());
        }
    }

    /**
     * From now on leases say how far the group has come in the queue.
     *
     * @param passed told up to where it has come by offset, where some leases were left open
     */
    public void lease(String group, String topic, int queueId, LongConsumer passed) {
        leased.put(new Key(group, topic, queueId), passed);
    }

    /** No lease of the queue says anything about the group's progress any more. */
    public void endLease(String group, String topic, int queueId) {
        leased.remove(new Key(group, topic, queueId));
    }

    /** @return whether there are leases that say how far the group has come in the queue */
    public boolean hasLeases(CommittedOffset offset) {
        return leased.containsKey(new Key(offset.group(), offset.topic(), offset.queueId()));
    }

    /** @return whether nothing waits to become a record */
    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** @return whether a record is due whatever the time */
    public boolean isFull() {
        return pending.size() >= COUNT_MAX;
    }

    /** @return what the record of what was gathered takes at most */
    public long recordBytes() {
        return (long) ROW_BYTES_MAX * (1 + pending.size());
    }

    /** Takes what was gathered. @return the record of it, or empty when nothing was */
    public Optional<OffsetsCommitted> take() {
        if (pending.isEmpty()) {
            return Optional.empty();
        }
        List<CommittedOffset> rows = new ArrayList<>(pending.size());
        pending.forEach((key, offset) -> rows.add(new CommittedOffset(key.group, key.topic, key.queueId, offset)));
        pending.clear();
        return Optional.of(new OffsetsCommitted(rows));
    }

    /** Drops what was gathered for this queue of the group: somebody decided otherwise. */
    public void forget(CommittedOffset offset) {
        pending.remove(new Key(offset.group(), offset.topic(), offset.queueId()));
        QueueClaim claim = claims.find(offset.group(), offset.topic(), offset.queueId());
        if (claim != null) {
            claim.forgetDone();
        }
    }

    /** Drops what was gathered for a group. */
    public void forgetGroup(String group) {
        forget(key -> key.group.equals(group));
    }

    /** Drops what was gathered on a topic. */
    public void forgetTopic(String topic) {
        forget(key -> key.topic.equals(topic));
    }

    private void forget(Predicate<Key> condition) {
        pending.keySet().removeIf(condition);
    }
}
