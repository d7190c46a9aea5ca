package io.ternmq.broker.record;

import io.ternmq.broker.catalog.GroupConfig;

/** A consumer group came to be or was changed. */
public record GroupPut(GroupConfig config) implements ControlRecord {
    static final int KIND = 3;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(config.name())
                .bool(config.consumeEnabled())
                .bool(config.broadcastEnabled())
                .bool(config.ordered())
                .intValue(config.retryQueues())
                .intValue(config.retryMax())
                .bool(config.notifyMembers())
                .strings(config.attributes());
    }

    /** Reads what {@link #encode} wrote. */
    public static GroupPut decode(RecordInput in) {
        return new GroupPut(new GroupConfig(
                in.string(), in.bool(), in.bool(), in.bool(), in.intValue(), in.intValue(), in.bool(), in.strings()));
    }
}
