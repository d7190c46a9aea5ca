package io.ternmq.remoting.lease;

import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordHoles;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.ReceiptHandle;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came back to their group's retry topic, as the clients expect them: under the topic that was asked for, and
 * with the handle in a property, since otherwise a client would make one that names the wrong queue. For one thread.
 */
final class RetryCopies {
    private final MessageCopier copier = new MessageCopier();
    private final PopRequest pop;
    private final String brokerName;
    private final long popTimeMs;

    RetryCopies(PopRequest pop, String brokerName, long popTimeMs) {
        this.pop = pop;
        this.brokerName = brokerName;
        this.popTimeMs = popTimeMs;
    }

    /** @return the copy, or null when there is no room for one more property */
    @Nullable
    UnsafeBuffer copy(MessageRecord record, int queueId, long offset, int reconsumeTimes) {
        ReceiptHandle handle = new ReceiptHandle(
                offset,
                popTimeMs,
                pop.invisibleMs(),
                pop.reviveQueueId(),
                ReceiptHandle.OF_RETRY_TOPIC,
                brokerName,
                queueId,
                offset);
        Map<String, String> properties = MessageCopier.properties(record);
        properties.put(PropertyNames.POP_CHECK, handle.encode());
        try {
            EncodedMessage copy =
                    copier.copy(record, new MessageCopier.Changes(pop.topic(), queueId, reconsumeTimes, properties));
            UnsafeBuffer buffer = new UnsafeBuffer(copy.buffer(), copy.index(), copy.length());
            MessageRecordHoles.fill(buffer, 0, offset, record.position(), record.storeTimestamp());
            return buffer;
        } catch (MalformedMessageException e) {
            return null;
        }
    }
}
