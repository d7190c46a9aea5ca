package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.TakenSink;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.remoting.access.RecordBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers messages as they lie in the log, but for the count of a redelivery and for what comes from a retry topic. For one thread. */
final class PopRecords implements TakenSink {
    private final String topic;
    private final RecordBuffer records;
    private final RetryCopies copies;

    /**
     * @param topic that was asked for
     * @param copies makes copies of what comes from the retry topic
     */
    PopRecords(String topic, RecordBuffer records, RetryCopies copies) {
        this.topic = topic;
        this.records = records;
        this.copies = copies;
    }

    @Override
    public Answer accept(MessageRecord record, Taken lease) {
        if (!lease.from().topic().equals(topic)) {
            return acceptCopy(record, lease);
        }
        if (!records.accept(record.buffer(), lease.index(), lease.length(), lease.offset())) {
            return Answer.FULL;
        }
        if (lease.attempts() > 1) {
            records.setInt(MessageRecordLayout.reconsumeTimes(record.sysFlag()), lease.reconsumeTimes());
        }
        return Answer.TAKEN;
    }

    private Answer acceptCopy(MessageRecord record, Taken lease) {
        UnsafeBuffer copy = copies.copy(record, lease.from().queueId(), lease.offset(), lease.reconsumeTimes());
        if (copy == null) {
            return Answer.UNFIT;
        }
        return records.accept(copy, 0, copy.capacity(), lease.offset()) ? Answer.TAKEN : Answer.FULL;
    }
}
