package io.ternmq.broker.record;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import java.util.ArrayList;
import java.util.List;

/** A consumer group came to be or was changed. */
public record GroupPut(GroupConfig config) implements ControlRecord {
    static final int KIND = 3;

    private static final int CLASSIC = 0;
    private static final int EXPONENTIAL = 1;
    private static final int CUSTOM = 2;

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
        encode(config.retryPolicy(), out);
    }

    /** Reads what {@link #encode} wrote. */
    public static GroupPut decode(RecordInput in) {
        return new GroupPut(new GroupConfig(
                in.string(),
                in.bool(),
                in.bool(),
                in.bool(),
                in.intValue(),
                in.intValue(),
                in.bool(),
                in.strings(),
                decodeRetryPolicy(in)));
    }

    private static void encode(RetryPolicy policy, RecordOutput out) {
        if (policy instanceof RetryPolicy.Exponential exponential) {
            out.intValue(EXPONENTIAL)
                    .longValue(exponential.initialMs())
                    .longValue(exponential.maxMs())
                    .longValue(exponential.multiplier());
        } else if (policy instanceof RetryPolicy.Custom custom) {
            out.intValue(CUSTOM).intValue(custom.delaysMs().size());
            custom.delaysMs().forEach(out::longValue);
        } else {
            out.intValue(CLASSIC);
        }
    }

    private static RetryPolicy decodeRetryPolicy(RecordInput in) {
        int type = in.intValue();
        return switch (type) {
            case CLASSIC -> RetryPolicy.CLASSIC;
            case EXPONENTIAL -> new RetryPolicy.Exponential(in.longValue(), in.longValue(), in.longValue());
            case CUSTOM -> new RetryPolicy.Custom(decodeDelays(in));
            default -> throw new IllegalArgumentException("retry policy: " + type + " (expected: 0..2)");
        };
    }

    private static List<Long> decodeDelays(RecordInput in) {
        int count = in.count(Long.BYTES);
        List<Long> delaysMs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            delaysMs.add(in.longValue());
        }
        return delaysMs;
    }
}
