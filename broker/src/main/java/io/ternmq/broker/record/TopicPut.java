package io.ternmq.broker.record;

import io.ternmq.broker.catalog.TopicConfig;
import java.util.Arrays;

/** A topic came to be or was changed. {@code queueNos} lists all of its queues by id, the new ones included. */
@SuppressWarnings("ArrayRecordComponent") // written once, read by apply; never compared
public record TopicPut(TopicConfig config, int[] queueNos) implements ControlRecord {
    static final int KIND = 1;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(config.name())
                .intValue(config.readQueues())
                .intValue(config.writeQueues())
                .intValue(config.permission())
                .bool(config.ordered())
                .strings(config.attributes())
                .ints(queueNos);
    }

    /** Reads what {@link #encode} wrote. */
    public static TopicPut decode(RecordInput in) {
        TopicConfig config =
                new TopicConfig(in.string(), in.intValue(), in.intValue(), in.intValue(), in.bool(), in.strings());
        return new TopicPut(config, in.ints());
    }

    /** Dumps of the log show it. */
    @Override
    public String toString() {
        return "TopicPut[config=" + config + ", queueNos=" + Arrays.toString(queueNos) + "]";
    }
}
