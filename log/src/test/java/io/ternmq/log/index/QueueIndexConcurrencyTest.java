package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers copy while the writer drops queues and gives their blocks to others. Without the check of the row's version
 * behind each copy a reader meets entries of another queue within a few hundred rounds.
 */
@Timeout(120)
class QueueIndexConcurrencyTest {
    private static final int QUEUE_COUNT = 3;
    private static final int ENTRY_COUNT = 600;
    private static final int ROUND_COUNT = 6_000;
    private static final int READER_COUNT = 2;

    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicLong copiedCount = new AtomicLong();

    @Test
    void noReaderEverSeesAnotherQueuesEntry() throws Exception {
        try (QueueIndex index = QueueIndex.open(new MemoryDirectory(), new IndexBounds())) {
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READER_COUNT; i++) {
                Reader reader = new Reader(index);
                readers.add(reader);
                reader.start();
            }
            write(index);
            finished.set(true);
            for (Reader reader : readers) {
                reader.join();
                assertThat(reader.wrong)
                        .as("wrong entries of %s", reader.getName())
                        .isEmpty();
            }
            assertThat(copiedCount.get()).isPositive();
        }
    }

    /** Round n fills one queue with entries that say which queue, round and offset they are, and drops the one before. */
    private static void write(QueueIndex index) {
        long position = 0;
        for (int round = 0; round < ROUND_COUNT; round++) {
            int queueNo = round % QUEUE_COUNT;
            for (int offset = 0; offset < ENTRY_COUNT; offset++) {
                index.append(queueNo, position++, round + 1, offset, queueNo);
            }
            index.drop((round + 1) % QUEUE_COUNT, position);
            for (int i = 0; i < 3; i++) {
                long number = round * 3L + i;
                index.checkpointBegun(number);
                index.checkpointCompleted(number);
            }
        }
    }

    private final class Reader extends Thread {
        private final QueueIndex index;
        private final IndexEntries entries = new IndexEntries(ENTRY_COUNT);
        private final List<String> wrong = new ArrayList<>();

        Reader(QueueIndex index) {
            this.index = index;
        }

        @Override
        public void run() {
            while (!finished.get() && wrong.isEmpty()) {
                for (int queueNo = 0; queueNo < QUEUE_COUNT; queueNo++) {
                    int count = index.copy(queueNo, 0, ENTRY_COUNT, entries);
                    check(queueNo, count);
                    copiedCount.addAndGet(count);
                    checkBounds(queueNo);
                }
            }
        }

        private void check(int queueNo, int count) {
            for (int i = 0; i < count; i++) {
                boolean fits = entries.tagHash(i) == queueNo
                        && entries.crc(i) == entries.offset(i)
                        && entries.size(i) == entries.size(0)
                        && entries.position(i) == entries.position(0) + i;
                if (!fits) {
                    wrong.add("queue " + queueNo + ", entry " + i + " of " + count + ": tag " + entries.tagHash(i)
                            + ", crc " + entries.crc(i) + ", round " + entries.size(i) + " and " + entries.size(0));
                    return;
                }
            }
        }

        private void checkBounds(int queueNo) {
            long max = index.maxOffset(queueNo);
            if (max < 0 || max > ENTRY_COUNT || index.minOffset(queueNo) != 0) {
                wrong.add("queue " + queueNo + ": max " + max);
            }
        }
    }
}
