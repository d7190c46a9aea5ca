package io.ternmq.remoting.lease;

import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.RecordSink;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.remoting.access.RecordBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of one queue that were handed out: as they lie in the log, but for the count of a redelivery. What was handed
 * out in a row is one read. For one thread.
 */
final class TakenRead implements RecordSink {
    private final Delivery delivery;
    private final long[] offsets;
    private final RecordBuffer records;
    private final @Nullable RecordMatcher matcher;
    private final @Nullable RetryCopies retryCopies;
    private final MessageRecord record = new MessageRecord();
    private int next;
    private int runEnd;

    /**
     * @param records takes what goes to the client
     * @param matcher what it must meet, or null
     * @param retryCopies makes copies where the queue is of the retry topic and not of the one asked for; else null
     */
    TakenRead(
            Delivery delivery,
            RecordBuffer records,
            @Nullable RecordMatcher matcher,
            @Nullable RetryCopies retryCopies) {
        this.delivery = delivery;
        this.offsets = delivery.taken().offsets();
        this.records = records;
        this.matcher = matcher;
        this.retryCopies = retryCopies;
    }

    /** @param minOffset the first offset that the queue still has */
    void read(LogReader log, long minOffset, ReadScratch scratch) {
        passOver(minOffset, offsets.length);
        while (next < offsets.length) {
            runEnd = endOfRun();
            readRun(log, scratch);
        }
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        passOver(offset, runEnd);
        if (next == runEnd || !deliver(record.wrap(buffer, index, length), index, length)) {
            return false;
        }
        next++;
        return true;
    }

    private int endOfRun() {
        int end = next + 1;
        while (end < offsets.length && offsets[end] == offsets[end - 1] + 1) {
            end++;
        }
        return end;
    }

    private void readRun(LogReader log, ReadScratch scratch) {
        int count = runEnd - next;
        int queueNo = delivery.taken().queueNo();
        ReadLimits limits = new ReadLimits(count, RecordBuffer.BYTES_MAX, count);
        ReadResult result = log.read(queueNo, offsets[next], limits, TagFilter.ALL, this, scratch);
        passOver(result.nextOffset(), runEnd);
        while (next < runEnd) {
            delivery.left().addLong(offsets[next++]);
        }
    }

    /** What comes before is gone, or damaged and reported. */
    private void passOver(long beforeOffset, int end) {
        while (next < end && offsets[next] < beforeOffset) {
            delivery.done().addLong(offsets[next++]);
        }
    }

    /** @return false when there is no room for it */
    private boolean deliver(MessageRecord message, int index, int length) {
        if (retryCopies != null) {
            return deliverRetry(message, retryCopies);
        }
        if (matcher != null && !matcher.matches(message.buffer(), index, length)) {
            delivery.done().addLong(offsets[next]);
            return true;
        }
        if (!records.accept(message.buffer(), index, length, offsets[next])) {
            return false;
        }
        if (attempts() > 1) {
            records.setInt(MessageRecordLayout.reconsumeTimes(message.sysFlag()), reconsumeTimes(message));
        }
        delivered();
        return true;
    }

    private boolean deliverRetry(MessageRecord message, RetryCopies copies) {
        String topic = copies.topicOf(message);
        if (!copies.isOfTopic(topic)) {
            delivery.foreign().add(new Delivery.Foreign(offsets[next], topic));
            return true;
        }
        if (copies.isExhausted(reconsumeTimes(message))) {
            delivery.exhausted().addLong(offsets[next]);
            return true;
        }
        int queueId = delivery.taken().queueId();
        UnsafeBuffer copy = copies.copy(message, queueId, offsets[next], reconsumeTimes(message));
        if (copy == null) {
            return true; // it stays with nobody until its deadline, and becomes a dead letter in the end
        }
        if (!records.accept(copy, 0, copy.capacity(), offsets[next])) {
            return false;
        }
        delivered();
        return true;
    }

    private void delivered() {
        delivery.sent().addLong(offsets[next]);
        delivery.attempts().addInt(attempts());
    }

    private int attempts() {
        return delivery.taken().attempts()[next];
    }

    /** An attempt that ended without an acknowledgement counts like a message that was sent back. */
    private int reconsumeTimes(MessageRecord message) {
        return message.reconsumeTimes() + attempts() - 1;
    }
}
