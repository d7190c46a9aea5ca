package io.ternmq.broker.record;

import org.agrona.DirectBuffer;

/**
 * One change of the shard's state, as the log keeps it. A record says everything that {@code apply} needs, so that
 * leader, follower, restart and test come to the same state.
 */
public sealed interface ControlRecord
        permits TopicPut,
                TopicDeleted,
                GroupPut,
                GroupDeleted,
                OffsetsCommitted,
                OffsetsDeleted,
                DelayCursorMoved,
                LogTrimmed,
                SettingPut,
                SettingDeleted,
                HalfMessageChange,
                TimerRecord,
                LeaseRecord {
    /** @return its kind's code in the log; 1 to 127, never used for another kind again */
    int kind();

    /** Writes everything but the kind. */
    void encode(RecordOutput out);

    /**
     * Reads a record.
     *
     * @param kind the code that the log keeps beside the record
     * @throws IllegalArgumentException for a kind that this version does not know, naming it
     */
    static ControlRecord decode(int kind, DirectBuffer buffer, int index, int length) {
        RecordInput in = new RecordInput(buffer, index, length);
        return switch (kind) {
            case TopicPut.KIND -> TopicPut.decode(in);
            case TopicDeleted.KIND -> TopicDeleted.decode(in);
            case GroupPut.KIND -> GroupPut.decode(in);
            case GroupDeleted.KIND -> new GroupDeleted(in.string());
            case OffsetsCommitted.KIND -> OffsetsCommitted.decode(in);
            case OffsetsDeleted.KIND -> new OffsetsDeleted(in.string(), in.string());
            case DelayCursorMoved.KIND -> new DelayCursorMoved(in.intValue(), in.longValue());
            case LogTrimmed.KIND -> new LogTrimmed(in.longValue());
            case SettingPut.KIND -> new SettingPut(SettingPut.decodeKey(in), in.string());
            case SettingDeleted.KIND -> new SettingDeleted(SettingPut.decodeKey(in));
            case LeasesNoted.KIND -> LeasesNoted.decode(in);
            case HandOutMarked.KIND -> HandOutMarked.decode(in);
            case LeasesForgotten.KIND -> LeasesForgotten.decode(in);
            case HalfPrepared.KIND -> HalfPrepared.decode(in);
            case HalfChecked.KIND -> HalfChecked.decode(in);
            case HalfCarried.KIND -> new HalfCarried(in.longValue(), in.longValue());
            case HalfDecided.KIND -> HalfDecided.decode(in);
            case TimersAdded.KIND -> new TimersAdded(in.string(), in.intValue());
            case TimersFired.KIND -> TimersFired.decode(in);
            case TimersMoved.KIND -> new TimersMoved(in.intValue(), in.longValue(), in.longValue());
            case TimerHandMoved.KIND -> new TimerHandMoved(in.longValue());
            case TimerCancelled.KIND -> new TimerCancelled(in.intValue(), in.longValue(), in.string());
            default ->
                throw new IllegalArgumentException("kind of control record: " + kind
                        + " (expected: one this version knows; the log was written by a newer TernMQ)");
        };
    }
}
