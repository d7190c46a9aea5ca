package io.ternmq.broker.retry;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.catalog.TopicTemplate;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.broker.delay.DelayLevels;
import io.ternmq.broker.delay.DelayRule;
import io.ternmq.broker.timer.PlaceTimer;
import io.ternmq.broker.timer.TimerKey;
import io.ternmq.broker.timer.TimerRule;
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
     * @param rule what comes with appending it: one that waits for its time does so elsewhere
     */
    public record Copy(TopicConfig home, String topic, int queueId, EncodedMessage message, AppendRule rule) {}

    /**
     * Copies a message that a member of the group could not handle.
     *
     * @param nowMs the shard's time
     */
    public Copy copy(MessageRecord record, GroupConfig group, Wish wish, long nowMs) {
        RetryRule.Destination to = RetryRule.decide(group, record.reconsumeTimes(), wish.delayLevel(), wish.retryMax());
        Map<String, String> properties = MessageCopier.properties(record);
        noteHome(record, properties);
        if (to.isDeadLetter()) {
            noteOrigin(properties);
            return now(record, TopicTemplate.deadLetterTopic(group.name()), 0, to, properties);
        }
        TopicConfig home = TopicTemplate.retryTopic(group);
        int queueId = ThreadLocalRandom.current().nextInt(group.retryQueues());
        if (to.delayMs() == 0) {
            return now(record, home, queueId, to, properties);
        }
        return DelayLevels.levelOf(to.delayMs()) > 0
                ? afterLevel(record, home, queueId, to, properties)
                : atTime(record, home, queueId, to, properties, nowMs + to.delayMs());
    }

    /**
     * Copies a message that was tried often enough for the group's dead letters; where it came from is noted on it as far as
     * there is room.
     *
     * @param reconsumeTimes how often it was tried again
     */
    public EncodedMessage deadLetter(MessageRecord record, GroupConfig group, int reconsumeTimes) {
        Map<String, String> properties = MessageCopier.properties(record);
        noteHome(record, properties);
        noteOrigin(properties);
        String topic = Names.deadLetterTopic(group.name());
        return copier.copyInAnyCase(record, new MessageCopier.Changes(topic, 0, reconsumeTimes, properties));
    }

    private static void noteHome(MessageRecord record, Map<String, String> properties) {
        properties.putIfAbsent(PropertyNames.RETRY_TOPIC, record.topic());
        properties.putIfAbsent(
                PropertyNames.ORIGIN_MESSAGE_ID, new OffsetMessageId(record.storeHost(), record.position()).encode());
        properties.remove(PropertyNames.DELAY_LEVEL);
    }

    private Copy now(
            MessageRecord record,
            TopicConfig home,
            int queueId,
            RetryRule.Destination to,
            Map<String, String> properties) {
        return new Copy(
                home, home.name(), queueId, copy(record, home.name(), queueId, to, properties), AppendRule.NONE);
    }

    private Copy afterLevel(
            MessageRecord record,
            TopicConfig home,
            int queueId,
            RetryRule.Destination to,
            Map<String, String> properties) {
        int level = DelayLevels.levelOf(to.delayMs());
        DelayRule.delay(properties, home.name(), queueId, level);
        int waitingQueue = DelayLevels.queueId(level);
        EncodedMessage message = copy(record, Names.SCHEDULE_TOPIC, waitingQueue, to, properties);
        return new Copy(home, Names.SCHEDULE_TOPIC, waitingQueue, message, AppendRule.NONE);
    }

    private Copy atTime(
            MessageRecord record,
            TopicConfig home,
            int queueId,
            RetryRule.Destination to,
            Map<String, String> properties,
            long dueMs) {
        TimerRule.note(properties, home.name(), queueId, dueMs);
        String uniqueKey = properties.getOrDefault(PropertyNames.UNIQUE_KEY, "");
        EncodedMessage message = copy(record, Names.TIMER_TOPIC, 0, to, properties);
        return new Copy(
                home, home.name(), queueId, message, new PlaceTimer(new TimerKey(home.name(), uniqueKey, dueMs)));
    }

    private EncodedMessage copy(
            MessageRecord record, String topic, int queueId, RetryRule.Destination to, Map<String, String> properties) {
        return copier.copy(record, new MessageCopier.Changes(topic, queueId, to.reconsumeTimes(), properties));
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
