package io.ternmq.log;

import io.ternmq.log.index.IndexEntries;

/** One read of a queue: which entries are wanted, which of them lie together, and what has been handed over. For one thread. */
final class QueueRead {
    /** A gap of other queues' messages costs less to read over than a system call, up to about this. */
    private static final int GAP_BYTES_MAX = 32 * 1024;

    private final SpanReader spans;
    private final ReadLimits limits;
    private final TagFilter filter;
    private final RecordSink sink;
    private long nextOffset;
    private int count;
    private int bytes;
    private int damagedCount;
    /** Whether the span could not be read as a whole. */
    private boolean oneByOne;

    QueueRead(SpanReader spans, ReadLimits limits, TagFilter filter, RecordSink sink) {
        this.spans = spans;
        this.limits = limits;
        this.filter = filter;
        this.sink = sink;
    }

    void begin(long fromOffset) {
        nextOffset = fromOffset;
    }

    /** Nothing is there before that offset any more. */
    void skipTo(long offset) {
        nextOffset = Math.max(nextOffset, offset);
    }

    /** @return where to go on */
    long nextOffset() {
        return nextOffset;
    }

    /** Without a filter there is no point in copying more entries than messages are wanted. */
    int copyCountMax() {
        return filter == TagFilter.ALL ? Math.max(1, limits.countMax() - count) : Integer.MAX_VALUE;
    }

    ReadResult result(ReadResult.End end) {
        return new ReadResult(nextOffset, count, bytes, damagedCount, end);
    }

    /**
     * Reads and hands over what is wanted of these entries. Stops where one has gone since it was copied out of the index:
     * it may have been moved, so the index has to be asked again.
     *
     * @return false when a limit was reached or the sink wanted no more
     */
    boolean take(IndexEntries entries) {
        int i = 0;
        while (i < entries.count()) {
            if (!isWanted(entries, i)) {
                i++;
                nextOffset = entries.firstOffset() + i;
                continue;
            }
            if (isFull(bytes, count, entries.size(i))) {
                return false;
            }
            int spanEnd = spanEnd(entries, i);
            if (!takeSpan(entries, i, spanEnd)) {
                return false;
            }
            if (nextOffset < entries.firstOffset() + spanEnd) {
                return true;
            }
            i = spanEnd;
        }
        return !isFull(bytes, count, 1);
    }

    private boolean isWanted(IndexEntries entries, int i) {
        return entries.size(i) > 0 && filter.matches(entries.tagHash(i));
    }

    private boolean isFull(int usedBytes, int usedCount, int nextBytes) {
        return usedCount >= limits.countMax() || (usedCount > 0 && usedBytes + (long) nextBytes > limits.bytesMax());
    }

    /** @return behind the last entry that is read together with entry {@code begin} */
    private int spanEnd(IndexEntries entries, int begin) {
        long spanBegin = entries.position(begin);
        long segmentEnd = spans.hold(spanBegin);
        long end = spanBegin + entries.size(begin);
        int spanCount = count + 1;
        int spanBytes = bytes + entries.size(begin);
        int spanEnd = begin + 1;
        for (int i = begin + 1; i < entries.count(); i++) {
            if (!isWanted(entries, i)) {
                continue;
            }
            long position = entries.position(i);
            long recordEnd = position + entries.size(i);
            boolean joins = position >= end
                    && position - end <= GAP_BYTES_MAX
                    && recordEnd <= segmentEnd
                    && recordEnd - spanBegin <= ReadScratch.SPAN_BYTES_MAX
                    && !isFull(spanBytes, spanCount, entries.size(i));
            if (!joins) {
                break;
            }
            spanCount++;
            spanBytes += entries.size(i);
            end = recordEnd;
            spanEnd = i + 1;
        }
        oneByOne = !spans.read(spanBegin, (int) (end - spanBegin));
        return spanEnd;
    }

    private boolean takeSpan(IndexEntries entries, int begin, int end) {
        for (int i = begin; i < end; i++) {
            long offset = entries.firstOffset() + i;
            if (isWanted(entries, i)) {
                int index = indexOf(entries, i);
                if (index == SpanReader.GONE) {
                    return true;
                } else if (index == SpanReader.UNREADABLE && count > 0) {
                    return false; // what was read goes out first; the next read tries once more
                } else if (index < 0) {
                    skip(entries, i, index);
                } else {
                    if (!sink.accept(spans.view(), index, entries.size(i), offset)) {
                        return false;
                    }
                    count++;
                    bytes += entries.size(i);
                }
            }
            nextOffset = offset + 1;
        }
        return true;
    }

    private int indexOf(IndexEntries entries, int i) {
        long position = entries.position(i);
        if (!oneByOne) {
            return spans.indexOf(position, entries.size(i), entries.crc(i));
        }
        long unused = spans.hold(position);
        return spans.readOne(position, entries.size(i), entries.crc(i));
    }

    private void skip(IndexEntries entries, int i, int index) {
        damagedCount++;
        if (index == SpanReader.UNREADABLE) {
            spans.reportUnreadable(entries.position(i), entries.size(i));
        }
    }
}
