package io.ternmq.embedded;

import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.broker.lease.LeaseHandle;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.lease.TakenMessages;
import io.ternmq.embedded.message.StoredMessages;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.RecordSink;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Reads messages of one queue that were handed out, and sorts out what does not go to the member. For one thread. */
final class TakenRecords implements RecordSink {

    private static final int BYTES_MAX = 8 << 20;

    private final Reading reading;
    private final TakenMessages taken;
    private final @Nullable RecordMatcher matcher;
    private final boolean isRetryTopic;
    private final MessageRecord record = new MessageRecord();
    private final List<LeasedMessage> messages = new ArrayList<>();
    private final List<LeaseHandle> unwanted = new ArrayList<>();
    private final List<Foreign> foreign = new ArrayList<>();
    private int next;

    /**
     * What is read for.
     *
     * @param group     who took
     * @param topic     from which topic; messages that come back lie in another one
     * @param wanted    which messages
     * @param popTimeMs what the leases are known by
     * @param deadline  when they end
     * @param stored    makes messages of records
     */
    record Reading(
            String group, String topic, Wanted wanted, long popTimeMs, Instant deadline, StoredMessages stored) {}

    /** A message that came back and is of another topic than the one that was asked for. */
    record Foreign(LeaseHandle handle, String topic) {}

    TakenRecords(Reading reading, TakenMessages taken) {
        this.reading = reading;
        this.taken = taken;
        this.matcher = reading.wanted().matcher();
        this.isRetryTopic = !taken.topic().equals(reading.topic());
    }

    /** Reads all; what is gone or damaged is unwanted, too. */
    void read(LogReader log, ReadScratch scratch) {
        long[] offsets = taken.offsets();
        while (next < offsets.length) {
            int before = next;
            int end = next + 1;
            while (end < offsets.length && offsets[end] == offsets[end - 1] + 1) {
                end++;
            }
            int count = end - next;
            log.read(
                    taken.queueNo(),
                    offsets[next],
                    new ReadLimits(count, BYTES_MAX, count),
                    TagFilter.ALL,
                    this,
                    scratch);
            if (next == before) {
                unwanted.add(handle(offsets[next++])); // nothing can be read there: it is gone, or damaged and reported
            }
        }
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        long[] offsets = taken.offsets();
        while (next < offsets.length && offsets[next] < offset) {
            unwanted.add(handle(offsets[next++]));
        }
        if (next == offsets.length || offsets[next] != offset) {
            return false;
        }
        deliver(buffer, index, length, handle(offset));
        next++;
        return true;
    }

    private void deliver(DirectBuffer buffer, int index, int length, LeaseHandle handle) {
        record.wrap(buffer, index, length);
        String topic = isRetryTopic ? record.property(PropertyNames.RETRY_TOPIC) : null;
        if (topic != null && !topic.equals(reading.topic())) {
            foreign.add(new Foreign(handle, topic));
        } else if (!isRetryTopic && !isWanted(buffer, index, length)) {
            unwanted.add(handle);
        } else {
            messages.add(new LeasedMessage(
                    reading.stored().of(record, taken.attempts()[next] - 1), reading.deadline(), handle));
        }
    }

    private boolean isWanted(DirectBuffer buffer, int index, int length) {
        return (matcher == null || matcher.matches(buffer, index, length))
                && reading.wanted().hasTag(record);
    }

    private LeaseHandle handle(long offset) {
        return new LeaseHandle(
                new QueueRef(reading.group(), taken.topic(), taken.queueId()),
                new long[] {offset},
                reading.popTimeMs());
    }

    /** What goes to the member. */
    List<LeasedMessage> messages() {
        return messages;
    }

    /** What nobody of the group gets. */
    List<LeaseHandle> unwanted() {
        return unwanted;
    }

    /** What those get who take from another topic. */
    List<Foreign> foreign() {
        return foreign;
    }
}
