package io.ternmq.broker.state;

import io.ternmq.broker.record.GroupDeleted;
import io.ternmq.broker.record.HandOutMarked;
import io.ternmq.broker.record.LeaseRecord;
import io.ternmq.broker.record.LeasesForgotten;
import io.ternmq.broker.record.LeasesNoted;
import io.ternmq.broker.record.OffsetsDeleted;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What groups hold by lease, as it was noted last: what a start goes on from. The leases themselves live in {@code
 * broker.lease}. Shard thread only.
 */
public final class LeaseTable {
    private record Queue(String topic, int queueId) {}

    private final List<Map<String, Map<Queue, QueueStanding>>> partitions =
            Stream.<Map<String, Map<Queue, QueueStanding>>>generate(HashMap::new)
                    .limit(Partitions.COUNT)
                    .toList();

    /** Hands over everything that was noted. */
    public void forEach(Consumer<QueueStanding> action) {
        partitions.forEach(
                groups -> groups.values().forEach(queues -> queues.values().forEach(action)));
    }

    /** @return whether something was noted of the queue */
    public boolean knows(String group, String topic, int queueId) {
        return ofGroup(group).containsKey(new Queue(topic, queueId));
    }

    void apply(LeaseRecord record) {
        if (record instanceof LeasesNoted noted) {
            put(noted.standing());
        } else if (record instanceof HandOutMarked mark) {
            QueueStanding handedOut = mark.handedOut();
            QueueStanding known = ofGroup(mark.group()).get(new Queue(handedOut.topic(), handedOut.queueId()));
            put(known == null ? handedOut : known.with(handedOut));
        } else if (record instanceof LeasesForgotten forgotten) {
            remove(forgotten.group(), new Queue(forgotten.topic(), forgotten.queueId()));
        }
    }

    void apply(GroupDeleted deleted) {
        partitions.get(Partitions.of(deleted.group())).remove(deleted.group());
    }

    void apply(OffsetsDeleted deleted) {
        if (deleted.topic().isEmpty()) {
            partitions.get(Partitions.of(deleted.group())).remove(deleted.group());
        } else {
            ofGroup(deleted.group()).keySet().removeIf(queue -> queue.topic.equals(deleted.topic()));
        }
    }

    void forgetTopic(int partition, String topic) {
        Map<String, Map<Queue, QueueStanding>> groups = partitions.get(partition);
        groups.values().forEach(queues -> queues.keySet().removeIf(queue -> queue.topic.equals(topic)));
        groups.values().removeIf(Map::isEmpty);
    }

    void write(int partition, RecordOutput out) {
        List<QueueStanding> rows = partitions.get(partition).values().stream()
                .flatMap(queues -> queues.values().stream())
                .toList();
        out.intValue(rows.size());
        rows.forEach(row -> new LeasesNoted(row).encode(out));
    }

    void restore(RecordInput in) {
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            put(LeasesNoted.decode(in).standing());
        }
    }

    private void put(QueueStanding noted) {
        Queue queue = new Queue(noted.topic(), noted.queueId());
        if (noted.isEmpty()) {
            remove(noted.group(), queue);
        } else {
            partitions
                    .get(Partitions.of(noted.group()))
                    .computeIfAbsent(noted.group(), group -> new HashMap<>())
                    .put(queue, noted);
        }
    }

    private void remove(String group, Queue queue) {
        Map<Queue, QueueStanding> queues = ofGroup(group);
        if (queues.remove(queue) != null && queues.isEmpty()) {
            partitions.get(Partitions.of(group)).remove(group);
        }
    }

    private Map<Queue, QueueStanding> ofGroup(String group) {
        return partitions.get(Partitions.of(group)).getOrDefault(group, new HashMap<>());
    }
}
