package io.ternmq.remoting.pull;

import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.RecordSink;
import org.agrona.DirectBuffer;

/** Passes on the records that meet a group's expression, as many as an answer may hold. For one read. */
final class FilteredRecords implements RecordSink {
    private final RecordMatcher matcher;
    private final ReadLimits limits;
    private final RecordSink next;
    private int count;
    private int bytes;

    /** @param limits of the answer: only what is passed on counts */
    FilteredRecords(RecordMatcher matcher, ReadLimits limits, RecordSink next) {
        this.matcher = matcher;
        this.limits = limits;
        this.next = next;
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        if (count >= limits.countMax()) {
            return false;
        }
        if (!matcher.matches(buffer, index, length)) {
            return true;
        }
        boolean fits = count == 0 || bytes + (long) length <= limits.bytesMax();
        if (!fits || !next.accept(buffer, index, length, offset)) {
            return false;
        }
        count++;
        bytes += length;
        return true;
    }

    /** @return the read's result, with what was passed on instead of what was looked at */
    ReadResult result(ReadResult read) {
        return new ReadResult(read.nextOffset(), count, bytes, read.damagedCount(), read.end());
    }
}
