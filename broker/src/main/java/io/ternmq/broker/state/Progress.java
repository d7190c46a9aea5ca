package io.ternmq.broker.state;

import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.OffsetsCommitted;
import io.ternmq.broker.record.OffsetsDeleted;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How far each group has come in each queue, as committed by its members. Shard thread only. */
public final class Progress {
    /** A group has committed nothing for a queue. */
    public static final long NONE = -1;

    private static final long[] NO_OFFSETS = new long[0];

    private final List<Map<String, Map<String, long[]>>> partitions = Stream.<Map<String, Map<String, long[]>>>generate(
                    HashMap::new)
            .limit(Partitions.COUNT)
            .toList();

    /** @return the next offset that the group will consume, or {@link #NONE} */
    public long get(String group, String topic, int queueId) {
        long[] offsets = ofGroup(group).getOrDefault(topic, NO_OFFSETS);
        return queueId < offsets.length ? offsets[queueId] : NONE;
    }

    /** @return the topics on which the group has committed something */
    public Set<String> topics(String group) {
        return Set.copyOf(ofGroup(group).keySet());
    }

    /** @return the groups that have committed something on the topic */
    public List<String> groups(String topic) {
        return partitions.stream()
                .flatMap(groups -> groups.entrySet().stream())
                .filter(group -> group.getValue().containsKey(topic))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** @param topic a topic, or empty for all; @return the change, or empty where there is nothing to forget */
    public Optional<OffsetsDeleted> decideDelete(String group, String topic) {
        Map<String, long[]> topics = ofGroup(group);
        boolean known = topic.isEmpty() ? !topics.isEmpty() : topics.containsKey(topic);
        return known ? Optional.of(new OffsetsDeleted(group, topic)) : Optional.empty();
    }

    void apply(CommittedOffset row) {
        Map<String, long[]> topics =
                partitions.get(Partitions.of(row.group())).computeIfAbsent(row.group(), g -> new HashMap<>());
        long[] offsets = topics.getOrDefault(row.topic(), NO_OFFSETS);
        if (row.queueId() >= offsets.length) {
            int known = offsets.length;
            offsets = Arrays.copyOf(offsets, row.queueId() + 1);
            Arrays.fill(offsets, known, offsets.length, NONE);
            topics.put(row.topic(), offsets);
        }
        offsets[row.queueId()] = row.offset();
    }

    void apply(OffsetsDeleted deleted) {
        Map<String, Map<String, long[]>> groups = partitions.get(Partitions.of(deleted.group()));
        Map<String, long[]> topics = groups.getOrDefault(deleted.group(), Map.of());
        if (deleted.topic().isEmpty() || (topics.size() == 1 && topics.containsKey(deleted.topic()))) {
            groups.remove(deleted.group());
        } else if (!topics.isEmpty()) {
            topics.remove(deleted.topic());
        }
    }

    /** The topic is gone; every group starts anew should another of that name come. */
    void forgetTopic(int partition, String topic) {
        partitions.get(partition).values().forEach(topics -> topics.remove(topic));
        partitions.get(partition).values().removeIf(Map::isEmpty);
    }

    void write(int partition, RecordOutput out) {
        List<CommittedOffset> rows = partitions.get(partition).entrySet().stream()
                .flatMap(group -> rows(group.getKey(), group.getValue()))
                .toList();
        new OffsetsCommitted(rows).encode(out);
    }

    void restore(RecordInput in) {
        OffsetsCommitted.decode(in).offsets().forEach(this::apply);
    }

    private static Stream<CommittedOffset> rows(String group, Map<String, long[]> topics) {
        return topics.entrySet().stream()
                .flatMap(topic -> java.util.stream.IntStream.range(0, topic.getValue().length)
                        .filter(queueId -> topic.getValue()[queueId] != NONE)
                        .mapToObj(queueId ->
                                new CommittedOffset(group, topic.getKey(), queueId, topic.getValue()[queueId])));
    }

    private Map<String, long[]> ofGroup(String group) {
        return partitions.get(Partitions.of(group)).getOrDefault(group, Map.of());
    }
}
