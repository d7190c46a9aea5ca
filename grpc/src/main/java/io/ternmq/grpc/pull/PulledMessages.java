package io.ternmq.grpc.pull;

import io.ternmq.grpc.convert.MessageViews;
import io.ternmq.grpc.receive.AnswerMessages;
import io.ternmq.log.RecordSink;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Makes of the records of one queue what a client gets. For one thread. */
final class PulledMessages implements RecordSink {
    private final NamedQueue queue;
    private final Set<String> tags;
    private final AnswerMessages answer;
    private final MessageViews views = new MessageViews();
    private final MessageRecord record = new MessageRecord();

    /** @param tags which messages are wanted; empty for all */
    PulledMessages(NamedQueue queue, Set<String> tags, AnswerMessages answer) {
        this.queue = queue;
        this.tags = tags;
        this.answer = answer;
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        record.wrap(buffer, index, length);
        if (!tags.isEmpty() && !tags.contains(record.property(PropertyNames.TAGS))) {
            return true; // another tag with the same hash
        }
        return answer.admits(record, length)
                && answer.add(views.pulled(record, queue.topic(), queue.id(), offset), record, length);
    }
}
