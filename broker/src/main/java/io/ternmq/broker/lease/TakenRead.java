package io.ternmq.broker.lease;

import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.RecordSink;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of one queue that were handed out, and says of each whether who asked gets it. What was handed out in a row
 * is one read. For one thread.
 */
public final class TakenRead implements RecordSink {
    private final Delivery delivery;
    private final long[] offsets;
    private final Wanted wanted;
    private final TakenSink sink;
    private final int bytesMax;
    private final boolean isOfRetryTopic;
    private final MessageRecord record = new MessageRecord();
    private int next;
    private int runEnd;

    /**
     * What was asked for.
     *
     * @param topic whose messages
     * @param matcher what messages of that topic must meet, or null
     * @param retryMax how often a message that came back to the group's retry topic is given again
     */
    public record Wanted(String topic, @Nullable RecordMatcher matcher, int retryMax) {}

    /**
     * @param sink takes what goes to who asked
     * @param bytesMax how much is read for one answer at most, unless the first message alone is larger
     */
    public TakenRead(Delivery delivery, Wanted wanted, TakenSink sink, int bytesMax) {
        this.delivery = delivery;
        this.offsets = delivery.taken().offsets();
        this.wanted = wanted;
        this.sink = sink;
        this.bytesMax = bytesMax;
        this.isOfRetryTopic = !delivery.taken().topic().equals(wanted.topic());
    }

    /** @param minOffset the first offset that the queue still has */
    public void read(LogReader log, long minOffset, ReadScratch scratch) {
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
        ReadLimits limits = new ReadLimits(count, bytesMax, count);
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
        int reconsumeTimes = message.reconsumeTimes() + attempts() - 1;
        if (isOfRetryTopic) {
            String topic = message.property(PropertyNames.RETRY_TOPIC);
            if (topic != null && !topic.equals(wanted.topic())) {
                delivery.foreign().add(new Delivery.Foreign(offsets[next], topic));
                return true;
            }
            if (reconsumeTimes > wanted.retryMax()) {
                delivery.exhausted().addLong(offsets[next]); // clients take such a message for done
                return true;
            }
        } else if (wanted.matcher() != null && !wanted.matcher().matches(message.buffer(), index, length)) {
            delivery.done().addLong(offsets[next]);
            return true;
        }
        TakenSink.Taken lease =
                new TakenSink.Taken(delivery.taken(), offsets[next], index, length, attempts(), reconsumeTimes);
        return switch (sink.accept(message, lease)) {
            case TAKEN -> {
                delivered();
                yield true;
            }
            case UNWANTED -> {
                delivery.done().addLong(offsets[next]);
                yield true;
            }
            case UNFIT -> true;
            case FULL -> false;
        };
    }

    private void delivered() {
        delivery.sent().addLong(offsets[next]);
        delivery.attempts().addInt(attempts());
    }

    private int attempts() {
        return delivery.taken().attempts()[next];
    }
}
