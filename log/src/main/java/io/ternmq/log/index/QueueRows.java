package io.ternmq.log.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all queues, found through a table of chunks that is copied when it grows. The shard thread adds chunks,
 * any thread finds them.
 */
final class QueueRows implements AutoCloseable {
    private volatile @Nullable RowChunk[] chunks = new RowChunk[0];

    /** @return how many chunks the table has room for, the missing ones included */
    int chunkCount() {
        return chunks.length;
    }

    /** @return the chunk that holds the queue's row; null when no queue in its range was ever written to */
    @Nullable
    RowChunk chunkOf(int queueNo) {
        @Nullable RowChunk[] all = chunks;
        int chunkNo = chunkNoOf(queueNo);
        return chunkNo < all.length ? all[chunkNo] : null;
    }

    /** @return the chunk with that number; null when there is none */
    @Nullable
    RowChunk chunk(int chunkNo) {
        return chunkOf(chunkNo << RowChunk.ROW_COUNT_SHIFT);
    }

    /** Writer only. Makes the chunk when it is missing. */
    RowChunk chunkToWrite(int queueNo) {
        RowChunk chunk = chunkOf(queueNo);
        return chunk == null ? addChunk(chunkNoOf(queueNo)) : chunk;
    }

    private RowChunk addChunk(int chunkNo) {
        @Nullable RowChunk[] grown = Arrays.copyOf(chunks, Math.max(chunks.length, chunkNo + 1));
        RowChunk added = new RowChunk();
        grown[chunkNo] = added;
        chunks = grown;
        return added;
    }

    private static int chunkNoOf(int queueNo) {
        if (queueNo < 0) {
            throw new IllegalArgumentException("queueNo: " + queueNo + " (expected: 0 or more)");
        }
        return queueNo >>> RowChunk.ROW_COUNT_SHIFT;
    }

    /** No thread may read any more. */
    @Override
    public void close() {
        for (RowChunk chunk : chunks) {
            if (chunk != null) {
                chunk.close();
            }
        }
        chunks = new RowChunk[0];
    }
}
