package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.List;

/**
 * The timers of the current second came due in order, and were delivered by the same entry, up to and including the one
 * that is due then and has that offset in its queue.
 *
 * @param dueMs when the last one was due, in milliseconds since 1970
 * @param offset of the last one in the second's queue
 * @param topics how many there were of each topic
 */
public record TimersFired(long dueMs, long offset, List<TopicCount> topics) implements TimerRecord {
    static final int KIND = 21;
    private static final int COUNT_BYTES_MIN = 2 * Integer.BYTES;

    /** Copies the list. */
    public TimersFired {
        topics = List.copyOf(topics);
    }

    /**
     * How many timers of one topic.
     *
     * @param topic where they belong
     * @param count how many
     */
    public record TopicCount(String topic, int count) {}

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.longValue(dueMs).longValue(offset).intValue(topics.size());
        topics.forEach(row -> out.string(row.topic()).intValue(row.count()));
    }

    /** Reads what {@link #encode} wrote. */
    public static TimersFired decode(RecordInput in) {
        long dueMs = in.longValue();
        long offset = in.longValue();
        int count = in.count(COUNT_BYTES_MIN);
        List<TopicCount> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            topics.add(new TopicCount(in.string(), in.intValue()));
        }
        return new TimersFired(dueMs, offset, topics);
    }
}
