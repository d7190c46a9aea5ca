package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.List;

/**
 * How a group stands in a queue from which it takes by lease: what is before {@code nextOffset} is done, but for the open
 * messages. It replaces what was noted before.
 *
 * @param nextOffset the first offset that was never handed out
 * @param markOffset up to here messages may have been handed out since; at least {@code nextOffset}
 * @param invisibleMs how long a message stays out of sight for the others, at most
 * @param open what was handed out and is not done, in the order of offsets
 */
public record LeasesNoted(
        String group,
        String topic,
        int queueId,
        long nextOffset,
        long markOffset,
        long invisibleMs,
        List<OpenMessage> open)
        implements LeaseRecord {
    static final int KIND = 25;

    /** Copies the list. */
    public LeasesNoted {
        open = List.copyOf(open);
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.string(group).string(topic).intValue(queueId);
        out.longValue(nextOffset).longValue(markOffset).longValue(invisibleMs);
        out.intValue(open.size());
        open.forEach(message -> message.encode(out));
    }

    /** Reads what {@link #encode} wrote. */
    public static LeasesNoted decode(RecordInput in) {
        String group = in.string();
        String topic = in.string();
        int queueId = in.intValue();
        long nextOffset = in.longValue();
        long markOffset = in.longValue();
        long invisibleMs = in.longValue();
        int count = in.count(OpenMessage.BYTES);
        List<OpenMessage> open = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            open.add(OpenMessage.decode(in));
        }
        return new LeasesNoted(group, topic, queueId, nextOffset, markOffset, invisibleMs, open);
    }

    /** @return the same, with hand-outs up to there */
    public LeasesNoted marked(HandOutMarked mark) {
        return new LeasesNoted(group, topic, queueId, nextOffset, mark.markOffset(), mark.invisibleMs(), open);
    }

    /** @return whether it says nothing that the group's committed offset does not say */
    public boolean isEmpty() {
        return open.isEmpty() && markOffset <= nextOffset;
    }
}
