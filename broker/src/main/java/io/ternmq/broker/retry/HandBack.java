package io.ternmq.broker.retry;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.catalog.TopicTemplate;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Copies messages that consumers handed back for where {@link RetryRule} sends them. One a thread. */
public final class HandBack {
    private final MessageCopier copier = new MessageCopier();

    /**
     * What the consumer asked for.
     *
     * @param delayLevel negative for the dead letters at once, 0 to leave it to the broker
     * @param retryMax the most retries; negative to take the group's own
     */
    public record Wish(int delayLevel, int retryMax) {}

    /**
     * A copy on its way.
     *
     * @param home the retry or dead-letter topic, which must exist before the copy is appended
     * @param topic the topic to append to: that one, or the one of delayed messages
     * @param queueId the queue of {@code topic}
     * @param message the copy, in a buffer of its own
     */
    public record Copy(TopicConfig home, String topic, int queueId, EncodedMessage message) {}

    /** Copies a message that a member of the group could not handle. */
    public Copy copy(MessageRecord record, GroupConfig group, Wish wish) {
        RetryRule.Destination to = RetryRule.decide(group, record.reconsumeTimes(), wish.delayLevel(), wish.retryMax());
        Map<String, String> properties = MessageCopier.properties(record);
        properties.putIfAbsent(PropertyNames.RETRY_TOPIC, record.topic());
        properties.putIfAbsent(
                PropertyNames.ORIGIN_MESSAGE_ID, new OffsetMessageId(record.storeHost(), record.position()).encode());
        properties.remove(PropertyNames.DELAY_LEVEL);
        if (to.isDeadLetter()) {
            noteOrigin(properties);
            return copy(record, TopicTemplate.deadLetterTopic(group.name()), 0, to, properties);
        }
        int queueId = ThreadLocalRandom.current().nextInt(group.retryQueues());
        return copy(record, TopicTemplate.retryTopic(group), queueId, to, properties);
    }

    private Copy copy(
            MessageRecord record,
            TopicConfig home,
            int queueId,
            RetryRule.Destination to,
            Map<String, String> properties) {
        String topic = home.name();
        int queue = queueId;
        if (to.delayLevel() > 0) {
            DelayRule.delay(properties, home.name(), queueId, to.delayLevel());
            topic = Names.SCHEDULE_TOPIC;
            queue = DelayLevels.queueId(to.delayLevel());
        }
        MessageCopier.Changes changes = new MessageCopier.Changes(topic, queue, to.reconsumeTimes(), properties);
        return new Copy(home, topic, queue, copier.copy(record, changes));
    }

    private static void noteOrigin(Map<String, String> properties) {
        copyProperty(properties, PropertyNames.RETRY_TOPIC, PropertyNames.DEAD_LETTER_ORIGIN_TOPIC);
        copyProperty(properties, PropertyNames.ORIGIN_MESSAGE_ID, PropertyNames.DEAD_LETTER_ORIGIN_MESSAGE_ID);
    }

    private static void copyProperty(Map<String, String> properties, String from, String to) {
        String value = properties.get(from);
        if (value != null) {
            properties.put(to, value);
        }
    }
}
