package io.ternmq.grpc.receive;

import io.ternmq.broker.Shard;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.IndexEntries;

/** Tells which reads are not expected to wait for the disk, and so may be done in an event loop. Thread-safe. */
public final class RecentReads {
    private final Shard shard;
    private final ThreadLocal<IndexEntries> first = ThreadLocal.withInitial(() -> new IndexEntries(1));

    private final ThreadLocal<ReadScratch> scratches = ThreadLocal.withInitial(ReadScratch::new);

    /** @param shard has the log */
    public RecentReads(Shard shard) {
        this.shard = shard;
    }

    /** Of the calling event loop, which keeps it. */
    public ReadScratch scratch() {
        return scratches.get();
    }

    /** @return whether reading from there is not expected to wait for the disk */
    public boolean isInMemory(int queueNo, long offset) {
        IndexEntries entries = first.get();
        return shard.queues().copy(queueNo, offset, 1, entries) > 0
                && shard.reader().isRecent(entries.position(0));
    }
}
