package io.ternmq.remoting.pull;

import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.remoting.access.BrokerAccess;

/** Reads for the pulls of one event loop: at once what is likely in memory, by the reader threads what is not. */
public final class PullReader {
    /** What a record is taken to have where nothing is known. */
    private static final int RECORD_BYTES = 512;

    private static final int COUNT_MAX = 1 << 16;

    private final BrokerAccess access;
    private final ReadScratch scratch = new ReadScratch();
    private final IndexEntries first = new IndexEntries(1);

    /** @param access the shard that has the messages */
    public PullReader(BrokerAccess access) {
        this.access = access;
    }

    /** @return the shard that has the messages */
    public BrokerAccess access() {
        return access;
    }

    /** @return where the messages are */
    public QueueIndex queues() {
        return access.shard().queues();
    }

    /** Of the event loop. */
    public ReadScratch scratch() {
        return scratch;
    }

    /** @return bytes of so many records, if all are as long as the first that was looked for last */
    public int expectedBytes(int count) {
        int recordBytes = first.count() == 0 ? RECORD_BYTES : first.size(0);
        return (int) Math.min(Integer.MAX_VALUE, (long) Math.min(count, COUNT_MAX) * recordBytes);
    }

    /** @return whether reading from there is not expected to wait for the disk */
    public boolean isInMemory(int queueNo, long offset) {
        return queues().copy(queueNo, offset, 1, first) > 0
                && access.shard().reader().isRecent(first.position(0));
    }
}
