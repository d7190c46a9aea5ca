package io.ternmq.broker.record;

import java.util.List;
import java.util.TreeMap;

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
        OpenMessage.encodeAll(open, out);
    }

    /** Reads what {@link #encode} wrote. */
    public static LeasesNoted decode(RecordInput in) {
        String group = in.string();
        String topic = in.string();
        int queueId = in.intValue();
        long nextOffset = in.longValue();
        long markOffset = in.longValue();
        long invisibleMs = in.longValue();
        List<OpenMessage> open = OpenMessage.decodeAll(in);
        return new LeasesNoted(group, topic, queueId, nextOffset, markOffset, invisibleMs, open);
    }

    /** @return the same with these hand-outs; one at or behind {@code nextOffset} is known by its attempts at least */
    public LeasesNoted marked(HandOutMarked mark) {
        TreeMap<Long, OpenMessage> messages = new TreeMap<>();
        open.forEach(message -> messages.put(message.offset(), message));
        mark.again().forEach(message -> messages.put(message.offset(), message));
        List<OpenMessage> all = List.copyOf(messages.values());
        return new LeasesNoted(group, topic, queueId, nextOffset, mark.markOffset(), mark.invisibleMs(), all);
    }

    /** @return whether it says nothing that the group's committed offset does not say */
    public boolean isEmpty() {
        return open.isEmpty() && markOffset <= nextOffset;
    }
}
