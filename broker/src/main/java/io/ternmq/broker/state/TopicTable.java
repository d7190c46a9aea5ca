package io.ternmq.broker.state;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.TopicDeleted;
import io.ternmq.broker.record.TopicPut;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a shard and the numbers of their queues. Numbers are given in order and never twice, so that a record
 * or an index block of a deleted queue can never be taken for another's. Shard thread only.
 */
public final class TopicTable {
    private final List<Map<String, Topic>> partitions = Stream.<Map<String, Topic>>generate(HashMap::new)
            .limit(Partitions.COUNT)
            .toList();
    private final BitSet liveQueues = new BitSet();
    private final BitSet compactedQueues = new BitSet();
    private int nextQueueNo;

    /** @return the topic, or null where there is none */
    public @Nullable Topic get(String name) {
        return partition(name).get(name);
    }

    /** @return whether the queue belongs to a topic that exists */
    public boolean isLive(int queueNo) {
        return liveQueues.get(queueNo);
    }

    /** @return whether the queue belongs to a topic that is compacted */
    public boolean isCompacted(int queueNo) {
        return compactedQueues.get(queueNo);
    }

    /** @return the queues of all topics that are compacted, in order; a copy */
    public int[] compactedQueues() {
        return compactedQueues.stream().toArray();
    }

    /** @return how many topics there are */
    public int count() {
        return partitions.stream().mapToInt(Map::size).sum();
    }

    /**
     * The settings are taken as they are; queues are only ever added, so that a topic that shrinks keeps what its last
     * queues hold.
     *
     * @return the change, or empty when the topic is so already
     */
    public Optional<TopicPut> decidePut(TopicConfig config) {
        Topic known = get(config.name());
        if (known != null && known.config().equals(config)) {
            return Optional.empty();
        }
        int knownCount = known == null ? 0 : known.queueCount();
        int[] queueNos = known == null ? new int[0] : known.queueNos();
        queueNos = Arrays.copyOf(queueNos, Math.max(knownCount, config.queueCount()));
        for (int i = knownCount; i < queueNos.length; i++) {
            queueNos[i] = Math.addExact(nextQueueNo, i - knownCount);
        }
        return Optional.of(new TopicPut(config, queueNos));
    }

    /** @return the change, or empty when there is no such topic */
    public Optional<TopicDeleted> decideDelete(String name) {
        Topic topic = get(name);
        return topic == null ? Optional.empty() : Optional.of(new TopicDeleted(name, topic.queueNos()));
    }

    void apply(TopicPut put) {
        partition(put.config().name()).put(put.config().name(), new Topic(put.config(), put.queueNos()));
        noteQueueNumbers(put.queueNos());
        for (int queueNo : put.queueNos()) {
            liveQueues.set(queueNo);
            compactedQueues.set(queueNo, put.config().isCompacted());
        }
    }

    void apply(TopicDeleted deleted) {
        partition(deleted.topic()).remove(deleted.topic());
        for (int queueNo : deleted.queueNos()) {
            liveQueues.clear(queueNo);
            compactedQueues.clear(queueNo);
        }
    }

    void write(int partition, RecordOutput out) {
        out.intValue(nextQueueNo).intValue(partitions.get(partition).size());
        partitions.get(partition).values().forEach(topic -> new TopicPut(topic.config(), topic.queueNos()).encode(out));
    }

    void restore(RecordInput in) {
        nextQueueNo = Math.max(nextQueueNo, in.intValue());
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            apply(TopicPut.decode(in));
        }
    }

    void forEach(Consumer<Topic> action) {
        partitions.forEach(topics -> topics.values().forEach(action));
    }

    /** Numbers of deleted topics count too: in a replay the topic's slice may have outlived this change. */
    void noteQueueNumbers(int[] queueNos) {
        for (int queueNo : queueNos) {
            nextQueueNo = Math.max(nextQueueNo, queueNo + 1);
        }
    }

    private Map<String, Topic> partition(String name) {
        return partitions.get(Partitions.of(name));
    }
}
