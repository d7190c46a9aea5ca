package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.Delivery;
import io.ternmq.broker.lease.TakenMessages;
import java.util.List;
import org.agrona.collections.LongArrayList;

/**
 * The fields of an answer out of which clients make {@link io.ternmq.protocol.remoting.ReceiptHandle}s. One part for each queue, {@code ;} between them:
 * <pre>
 *   startOffsetInfo   mark queueId startOffset
 *   msgOffsetInfo     mark queueId offset,offset,…
 *   orderCountInfo    mark qo‹queueId›%‹offset› count    one for each message that was handed out before
 * </pre>
 */
final class OffsetsText {
    private final StringBuilder starts = new StringBuilder();
    private final StringBuilder offsets = new StringBuilder();
    private final StringBuilder counts = new StringBuilder();

    OffsetsText(List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            if (!delivery.sent().isEmpty()) {
                add(delivery);
            }
        }
    }

    String starts() {
        return starts.toString();
    }

    String offsets() {
        return offsets.toString();
    }

    /** Empty when nothing was handed out before. */
    String counts() {
        return counts.toString();
    }

    private void add(Delivery delivery) {
        LongArrayList sent = delivery.sent();
        begin(starts, delivery.taken()).append(sent.getLong(0));
        begin(offsets, delivery.taken());
        for (int i = 0; i < sent.size(); i++) {
            offsets.append(i == 0 ? "" : ",").append(sent.getLong(i));
            if (delivery.attempts().getInt(i) > 1) {
                addCount(delivery.taken(), sent.getLong(i), delivery.attempts().getInt(i) - 1);
            }
        }
    }

    private void addCount(TakenMessages taken, long offset, int count) {
        separate(counts)
                .append(RetryTopics.markOf(taken.topic()))
                .append(" qo")
                .append(taken.queueId())
                .append('%')
                .append(offset)
                .append(' ')
                .append(count);
    }

    private static StringBuilder begin(StringBuilder text, TakenMessages taken) {
        return separate(text)
                .append(RetryTopics.markOf(taken.topic()))
                .append(' ')
                .append(taken.queueId())
                .append(' ');
    }

    private static StringBuilder separate(StringBuilder text) {
        return text.isEmpty() ? text : text.append(';');
    }
}
