package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Message;
import io.ternmq.broker.lease.TakenSink;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes of records what clients receive. For one thread. */
final class ReceivedMessages implements TakenSink {
    private final Wanted wanted;
    private final long popTimeMs;
    private final Set<String> tags;
    private final MessageViews views = new MessageViews();
    private final List<Message> messages = new ArrayList<>();
    private long bytes;

    /** @param popTimeMs when they were handed out */
    ReceivedMessages(Wanted wanted, long popTimeMs) {
        this.wanted = wanted;
        this.popTimeMs = popTimeMs;
        this.tags = wanted.subscription().tags();
    }

    @Override
    public Answer accept(MessageRecord record, Taken lease) {
        if (!tags.isEmpty() && !tags.contains(record.property(PropertyNames.TAGS))) {
            return Answer.UNWANTED; // another tag with the same hash
        }
        if (bytes > 0 && bytes + lease.length() > 2L * ReceiveLimits.BYTES_MAX) {
            return Answer.FULL;
        }
        boolean isOfRetryTopic = !lease.from().topic().equals(wanted.topic());
        ReceiptHandle handle = new ReceiptHandle(isOfRetryTopic, lease.from().queueId(), lease.offset(), popTimeMs);
        messages.add(views.received(
                record,
                wanted.topic(),
                new MessageViews.Delivery(
                        handle.encode(),
                        lease.from().queueId(),
                        lease.offset(),
                        lease.reconsumeTimes() + 1,
                        wanted.invisibleMs())));
        bytes += lease.length();
        return Answer.TAKEN;
    }

    List<Message> messages() {
        return messages;
    }

    long bytes() {
        return bytes;
    }
}
