package io.ternmq.broker.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How a group stands in a queue from which it takes by lease.
 *
 * @param nextOffset the first offset that was never handed out; what is before is done, but for the open messages
 * @param markOffset up to here messages may have been handed out since; at least {@code nextOffset}
 * @param invisibleMs how long a message stays out of sight for the others, at most
 * @param open what was handed out and is not done
 */
public record QueueStanding(
        String group,
        String topic,
        int queueId,
        long nextOffset,
        long markOffset,
        long invisibleMs,
        List<OpenMessage> open) {
    /** Copies the list. */
    public QueueStanding {
        open = List.copyOf(open);
    }

    void encode(RecordOutput out) {
        out.string(group).string(topic).intValue(queueId);
        out.longValue(nextOffset).longValue(markOffset).longValue(invisibleMs);
        OpenMessage.encodeAll(open, out);
    }

    static QueueStanding decode(RecordInput in) {
        return new QueueStanding(
                in.string(),
                in.string(),
                in.intValue(),
                in.longValue(),
                in.longValue(),
                in.longValue(),
                OpenMessage.decodeAll(in));
    }

    /** @return this with what was handed out since: the later one's mark, and its open messages beside or instead of these */
    public QueueStanding with(QueueStanding handedOut) {
        return new QueueStanding(
                group,
                topic,
                queueId,
                nextOffset,
                handedOut.markOffset,
                handedOut.invisibleMs,
                handedOut.open.isEmpty() ? open : openWith(handedOut.open));
    }

    /** @return both in the order of their offsets; the later of two with the same */
    private List<OpenMessage> openWith(List<OpenMessage> later) {
        List<OpenMessage> both = new ArrayList<>(open.size() + later.size());
        both.addAll(open);
        both.addAll(later);
        both.sort(Comparator.comparingLong(OpenMessage::offset)); // two lists that are in order already: one merge
        int count = 0;
        for (OpenMessage message : both) {
            if (count > 0 && both.get(count - 1).offset() == message.offset()) {
                count--;
            }
            both.set(count++, message);
        }
        return both.subList(0, count);
    }

    /** @return whether it says nothing that the group's committed offset does not say */
    public boolean isEmpty() {
        return open.isEmpty() && markOffset <= nextOffset;
    }
}
