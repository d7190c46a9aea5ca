package io.ternmq.broker.pull;

import io.ternmq.broker.claim.DoneOffsets;
import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.RecordSink;
import io.ternmq.log.TagFilter;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One read for a group with an expression, or of a queue of which the group has done a part by lease: passes on the records that meet
 * the one and are not in the other, as many as an answer may hold. It reads in
 * steps, as nobody knows how many records must be looked at: the first is as long as if all met the expression, each next one twice as long.
 */
public final class FilteredRead implements RecordSink {
    /** So much is looked at by one read in search of what meets an expression: a moment's work for an event loop. */
    static final int SCAN_COUNT_MAX = 2_048;
    /** Bytes of the records that are looked at; the last step may go beyond by its own. */
    static final int SCAN_BYTES_MAX = 2 * 1024 * 1024;

    private static final int STEP_COUNT_MIN = 32;

    private final Wanted wanted;
    private final ReadLimits limits;
    private final RecordSink next;
    private int count;
    private int bytes;
    private boolean full;

    /**
     * Which records are passed on.
     *
     * @param tags by their tags
     * @param matcher by their properties; null for all
     * @param done those that are not in here; null for all
     */
    public record Wanted(
            TagFilter tags,
            @Nullable RecordMatcher matcher,
            @Nullable DoneOffsets done) {
        boolean includes(DirectBuffer buffer, int index, int length, long offset) {
            return (done == null || !done.contains(offset))
                    && (matcher == null || matcher.matches(buffer, index, length));
        }
    }

    /**
     * @param limits of the answer: only what is passed on counts
     * @param next takes what is passed on
     */
    public FilteredRead(Wanted wanted, ReadLimits limits, RecordSink next) {
        this.wanted = wanted;
        this.limits = limits;
        this.next = next;
    }

    /** Reads from that offset on. @return what was passed on, and where to go on; why it ends is as of any read */
    public ReadResult read(LogReader log, int queueNo, long offset, ReadScratch scratch) {
        int stepCount = Math.max(STEP_COUNT_MIN, limits.countMax());
        int leftCount = SCAN_COUNT_MAX;
        long scannedBytes = 0;
        int damagedCount = 0;
        long at = offset;
        ReadResult step;
        do {
            stepCount = Math.min(stepCount, leftCount);
            ReadLimits stepLimits = new ReadLimits(stepCount, limits.bytesMax(), stepCount);
            step = log.read(queueNo, at, stepLimits, wanted.tags, this, scratch);
            leftCount -= (int) (step.nextOffset() - at);
            at = step.nextOffset();
            scannedBytes += step.bytes();
            damagedCount += step.damagedCount();
            stepCount *= 2;
        } while (step.end() == ReadResult.End.LIMIT && !full && leftCount > 0 && scannedBytes < SCAN_BYTES_MAX);
        return new ReadResult(at, count, bytes, damagedCount, step.end());
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        if (!wanted.includes(buffer, index, length, offset)) {
            return true;
        }
        boolean fits = count == 0 || bytes + (long) length <= limits.bytesMax();
        if (full || !fits || !next.accept(buffer, index, length, offset)) {
            full = true;
            return false;
        }
        count++;
        bytes += length;
        full = count >= limits.countMax();
        return true;
    }
}
