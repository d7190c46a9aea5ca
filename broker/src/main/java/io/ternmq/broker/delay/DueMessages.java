package io.ternmq.broker.delay;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.log.CommitLog;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a level that are due and appends their copies where they belong. Shard thread only. */
final class DueMessages {
    /** What one command delivers at most, but for its last message. */
    static final int BYTES_MAX = 256 * 1024;

    /** What one command delivers at most, so that clients' requests get their turn. */
    private static final ReadLimits LIMITS = new ReadLimits(64, DueMessages.BYTES_MAX, 64);

    private final CommitLog log;
    private final DroppedMessage dropped;
    private final ReadScratch scratch = new ReadScratch();
    private final MessageRecord record = new MessageRecord();
    private final MessageCopier copier = new MessageCopier();
    private @Nullable Decision decision;
    private long delayMs;
    private long nextDueMs;

    DueMessages(CommitLog log, DroppedMessage dropped) {
        this.log = log;
        this.dropped = dropped;
    }

    /** @return the offset of the first message that was not delivered */
    long deliver(Decision into, int queueNo, long fromOffset, long levelDelayMs) {
        decision = into;
        delayMs = levelDelayMs;
        nextDueMs = 0;
        ReadResult result = log.reader().read(queueNo, fromOffset, LIMITS, TagFilter.ALL, this::deliver, scratch);
        if (result.end() == ReadResult.End.BEFORE_MIN) {
            return log.queues().minOffset(queueNo);
        }
        return result.nextOffset();
    }

    /** @return when the message behind the last one delivered is due; 0 when none was met */
    long nextDueMs() {
        return nextDueMs;
    }

    private boolean deliver(DirectBuffer buffer, int index, int length, long offset) {
        record.wrap(buffer, index, length);
        Decision into = decision();
        long dueMs = record.storeTimestamp() + delayMs;
        if (dueMs > into.nowMs()) {
            nextDueMs = dueMs;
            return false;
        }
        Map<String, String> properties = MessageCopier.properties(record);
        String topicName = properties.getOrDefault(PropertyNames.REAL_TOPIC, "");
        int queueId = queueId(properties.get(PropertyNames.REAL_QUEUE_ID));
        Topic topic = into.state().topics().get(topicName);
        if (topic == null || !topic.hasQueue(queueId)) {
            dropped.dropped(topicName, queueId);
            return true;
        }
        DelayRule.undelay(properties);
        into.append(
                copier.copyInAnyCase(
                        record, new MessageCopier.Changes(topicName, queueId, record.reconsumeTimes(), properties)),
                topic.queueNo(queueId));
        return true;
    }

    private Decision decision() {
        if (decision == null) {
            throw new IllegalStateException("delivery outside of a decision");
        }
        return decision;
    }

    private static int queueId(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
