package io.ternmq.remoting.lease;

import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordHoles;
import io.ternmq.protocol.message.PropertyNames;
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
    private final int retryMax;
    private final String brokerName;
    private final long popTimeMs;

    /** @param retryMax how often the group's messages are tried again */
    RetryCopies(PopRequest pop, int retryMax, String brokerName, long popTimeMs) {
        this.pop = pop;
        this.retryMax = retryMax;
        this.brokerName = brokerName;
        this.popTimeMs = popTimeMs;
    }

    /** @return to which topic the message belongs; the one that was asked for where it does not say */
    String topicOf(MessageRecord record) {
        String topic = record.property(PropertyNames.RETRY_TOPIC);
        return topic == null ? pop.topic() : topic;
    }

    boolean isOfTopic(String topic) {
        return pop.topic().equals(topic);
    }

    /** A client takes such a message for done, so it must not get it. */
    boolean isExhausted(int reconsumeTimes) {
        return reconsumeTimes > retryMax;
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
