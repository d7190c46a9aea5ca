package io.ternmq.broker.timer;

import io.ternmq.log.CommitLog;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.RecordSink;
import io.ternmq.log.TagFilter;

/** Reads the messages of slots. Shard thread only. */
final class SlotMessages {
    /** What one command takes at most. */
    static final int COUNT_MAX = 64;

    /** What one command takes at most, but for its first message. */
    static final int BYTES_MAX = 256 * 1024;

    private static final ReadLimits ONE = new ReadLimits(1, 1, 1);
    private static final ReadLimits SOME = new ReadLimits(COUNT_MAX, BYTES_MAX, COUNT_MAX);

    private final CommitLog log;
    private final ReadScratch scratch = new ReadScratch();

    SlotMessages(CommitLog log) {
        this.log = log;
    }

    /** Reads the message at an offset, unless it is damaged. */
    void readOne(int queueNo, long offset, RecordSink sink) {
        ReadResult unused = log.reader().read(queueNo, offset, ONE, TagFilter.ALL, sink, scratch);
    }

    /** Reads from an offset on. @return the offset behind what was read or is gone */
    long readSome(int queueNo, long fromOffset, RecordSink sink) {
        ReadResult result = log.reader().read(queueNo, fromOffset, SOME, TagFilter.ALL, sink, scratch);
        return result.end() == ReadResult.End.BEFORE_MIN ? log.queues().minOffset(queueNo) : result.nextOffset();
    }
}
