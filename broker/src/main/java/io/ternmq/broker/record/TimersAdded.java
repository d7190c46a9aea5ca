package io.ternmq.broker.record;

/**
 * Timed messages of a topic were stored, in the same entry.
 *
 * @param topic where they will be delivered
 * @param count how many
 */
public record TimersAdded(String topic, int count) implements TimerRecord {
    static final int KIND = 20;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(topic).intValue(count);
    }
}
