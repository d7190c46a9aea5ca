package io.ternmq.broker.state;

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
import java.util.function.Predicate;

/**
 * Progress as its readers see it: the state, and over it what members have committed since the last record. Commits
 * come often and are worth little each, so they are gathered here and become one record a moment later. Not state: it
 * is lost in a crash, and members then get a moment's messages again. Shard thread only.
 */
public final class PendingProgress {
    /** So many commits of different queues are gathered at most; then a record is due at once. */
    public static final int COUNT_MAX = 10_000;

    private record Key(String group, String topic, int queueId) {}

    private final Progress committed;
    private final Map<Key, Long> pending = new HashMap<>();
    private final Set<Key> leased = new HashSet<>();

    /** @param committed what the records have made of it */
    public PendingProgress(Progress committed) {
        this.committed = committed;
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

    /** From now on the group takes from the queue by lease: its progress is what was acknowledged. */
    public void lease(String group, String topic, int queueId) {
        leased.add(new Key(group, topic, queueId));
    }

    /** The group no longer takes from the queue by lease. */
    public void endLease(String group, String topic, int queueId) {
        leased.remove(new Key(group, topic, queueId));
    }

    /** @return whether the group takes from the queue by lease, so that its members do not say how far it has come */
    public boolean isLeased(CommittedOffset offset) {
        return !leased.isEmpty() && leased.contains(new Key(offset.group(), offset.topic(), offset.queueId()));
    }

    /** @return whether nothing waits to become a record */
    public boolean isEmpty() {
        return pending.isEmpty();
    }

    /** @return whether a record is due whatever the time */
    public boolean isFull() {
        return pending.size() >= COUNT_MAX;
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
