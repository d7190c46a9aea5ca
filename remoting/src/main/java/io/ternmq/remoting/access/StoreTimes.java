package io.ternmq.remoting.access;

import io.ternmq.broker.Shard;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageRecord;

/** When messages were stored. Reads the log, so reader threads only. */
public final class StoreTimes {
    /** There is no such message. */
    public static final long NONE = -1;

    private static final ReadLimits ONE = new ReadLimits(1, 1, 1);

    private final Shard shard;
    private final ReadScratch scratch;
    private final MessageRecord record = new MessageRecord();

    /** @param scratch of the reading thread */
    public StoreTimes(Shard shard, ReadScratch scratch) {
        this.shard = shard;
        this.scratch = scratch;
    }

    /** @return when the queue's first message was stored, in milliseconds since 1970, or {@link #NONE} */
    public long first(int queueNo) {
        return at(queueNo, shard.queues().minOffset(queueNo));
    }

    /** @return when the queue's last message was stored, in milliseconds since 1970, or {@link #NONE} */
    public long last(int queueNo) {
        return at(queueNo, shard.queues().maxOffset(queueNo) - 1);
    }

    /** @return when that message was stored, in milliseconds since 1970, or {@link #NONE} */
    public long at(int queueNo, long offset) {
        if (offset < 0) {
            return NONE;
        }
        long[] storedMs = {NONE};
        shard.reader()
                .read(
                        queueNo,
                        offset,
                        ONE,
                        TagFilter.ALL,
                        (buffer, index, length, readOffset) -> {
                            storedMs[0] = record.wrap(buffer, index, length).storeTimestamp();
                            return true;
                        },
                        scratch);
        return storedMs[0];
    }
}
