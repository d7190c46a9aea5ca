package io.ternmq.log.index;

import io.ternmq.log.storage.SliceInput;
import java.util.HashMap;
import java.util.Map;

/**
 * Where queues ended by the checkpoint, kept while the index is rebuilt from the retained part of the log: a queue of
 * which no message is retained has to go on where it was. Shard thread, during recovery.
 */
final class EndsBefore {
    private final Map<Integer, Chunk> chunks = new HashMap<>();

    /** Ends of the rows of one chunk, as of a position; 0 of a row without. */
    private static final class Chunk {
        private final long[] ends = new long[RowChunk.ROW_COUNT];
        private final long stamp;

        Chunk(long stamp) {
            this.stamp = stamp;
        }
    }

    void read(SliceInput in, long stamp) throws IndexDamagedException {
        Chunk chunk = new Chunk(stamp);
        int chunkNo = in.readInt();
        RowSlices.readEnds(in, chunk.ends);
        chunks.put(chunkNo, chunk);
    }

    /** The queue was deleted by the record at {@code position}. */
    void drop(int queueNo, long position) {
        Chunk chunk = chunks.get(queueNo >>> RowChunk.ROW_COUNT_SHIFT);
        if (chunk != null && position >= chunk.stamp) {
            chunk.ends[queueNo & RowChunk.ROW_MASK] = 0;
        }
    }

    void clear() {
        chunks.clear();
    }

    /** Calls the consumer with the number and former end of each queue that had one. */
    void forEach(EndConsumer consumer) {
        chunks.forEach((chunkNo, chunk) -> {
            for (int row = 0; row < RowChunk.ROW_COUNT; row++) {
                if (chunk.ends[row] > 0) {
                    consumer.accept((chunkNo << RowChunk.ROW_COUNT_SHIFT) + row, chunk.ends[row]);
                }
            }
        });
    }

    /** Takes where a queue ended. */
    @FunctionalInterface
    interface EndConsumer {
        void accept(int queueNo, long end);
    }
}
