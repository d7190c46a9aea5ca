package io.ternmq.grpc.receive;

import apache.rocketmq.v2.Message;
import io.ternmq.broker.lease.TakenSink;
import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Set;

/** Makes of records what clients receive. For one thread. */
final class ReceivedMessages implements TakenSink {
    private final Wanted wanted;
    private final long popTimeMs;
    private final Set<String> tags;
    private final MessageViews views = new MessageViews();
    private final AnswerMessages answer;

    /** @param popTimeMs when they were handed out */
    ReceivedMessages(Wanted wanted, long popTimeMs, AnswerMessages answer) {
        this.wanted = wanted;
        this.popTimeMs = popTimeMs;
        this.answer = answer;
        this.tags = wanted.subscription().tags();
    }

    @Override
    public Answer accept(MessageRecord record, Taken lease) {
        if (!tags.isEmpty() && !tags.contains(record.property(PropertyNames.TAGS))) {
            return Answer.UNWANTED; // another tag with the same hash
        }
        boolean fits =
                answer.admits(record, lease.length()) && answer.add(received(record, lease), record, lease.length());
        return fits ? Answer.TAKEN : Answer.FULL;
    }

    private Message received(MessageRecord record, Taken lease) {
        boolean isOfRetryTopic = !lease.from().topic().equals(wanted.topic());
        ReceiptHandle handle = new ReceiptHandle(isOfRetryTopic, lease.from().queueId(), lease.offset(), popTimeMs);
        return views.received(
                record,
                wanted.topic(),
                new MessageViews.Delivery(
                        handle.encode(),
                        lease.from().queueId(),
                        lease.offset(),
                        lease.reconsumeTimes() + 1,
                        wanted.invisibleMs()));
    }
}
