package io.ternmq.remoting.pull;

import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.remoting.access.BrokerAccess;

/** Reads for the pulls of one event loop: at once what is likely in memory, by the reader threads what is not. */
final class PullReader {
    private final BrokerAccess access;
    private final ReadScratch scratch = new ReadScratch();
    private final IndexEntries first = new IndexEntries(1);

    PullReader(BrokerAccess access) {
        this.access = access;
    }

    BrokerAccess access() {
        return access;
    }

    QueueIndex queues() {
        return access.shard().queues();
    }

    /** Of the event loop. */
    ReadScratch scratch() {
        return scratch;
    }

    /** @return whether reading from there is not expected to wait for the disk */
    boolean isInMemory(int queueNo, long offset) {
        return queues().copy(queueNo, offset, 1, first) > 0
                && access.shard().reader().isRecent(first.position(0));
    }
}
