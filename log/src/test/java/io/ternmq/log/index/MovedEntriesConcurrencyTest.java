package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Readers walk a queue while its oldest messages are moved again and again, and what was not moved is taken away. */
class MovedEntriesConcurrencyTest {
    private static final int QUEUE = 3;
    private static final int ROUND_COUNT = 800;
    private static final int READER_COUNT = 2;
    private static final int APPENDED_A_ROUND = 300;
    /** Every so many offsets, among the first, a message stays for ever. */
    private static final int KEPT_DISTANCE = 70;

    private static final int KEPT_END = 20_000;

    private final IndexBounds log = new IndexBounds();
    private final AtomicBoolean finished = new AtomicBoolean();
    private final AtomicLong walkCount = new AtomicLong();
    private long position = 1;

    @Test
    void everyWalkMeetsEveryKeptMessageWholeAndOnce() throws Exception {
        try (QueueIndex index = QueueIndex.open(new MemoryDirectory(), log)) {
            append(index, KEPT_END);
            List<Reader> readers = new ArrayList<>();
            for (int i = 0; i < READER_COUNT; i++) {
                Reader reader = new Reader(index);
                readers.add(reader);
                reader.start();
            }
            for (int round = 0; round < ROUND_COUNT; round++) {
                round(index, round);
            }
            finished.set(true);
            for (Reader reader : readers) {
                reader.join();
                assertThat(reader.wrong).as("seen by %s", reader.getName()).isEmpty();
            }
            assertThat(walkCount.get()).isPositive();
        }
    }

    private void append(QueueIndex index, int count) {
        for (int i = 0; i < count; i++) {
            long offset = index.nextOffset(QUEUE);
            index.append(QUEUE, position, 1 + (int) (position & 0xff), (int) position, (int) offset);
            position++;
        }
        log.committedPosition = position;
    }

    private void round(QueueIndex index, int round) {
        append(index, APPENDED_A_ROUND);
        long start = position;
        for (long offset = 0; offset < KEPT_END; offset += KEPT_DISTANCE) {
            index.move(QUEUE, offset, position, 1 + (int) (position & 0xff), (int) position, (int) offset);
            position++;
        }
        log.committedPosition = position;
        assertThat(index.settleMoves(position)).isZero();
        log.startPosition = start;
        while (index.sweep(64) > 0) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < 3; i++) {
            long number = round * 3L + i;
            index.checkpointBegun(number);
            index.checkpointCompleted(number);
        }
    }

    private final class Reader extends Thread {
        private final QueueIndex index;
        private final IndexEntries entries = new IndexEntries(64);
        private final List<String> wrong = new ArrayList<>();

        Reader(QueueIndex index) {
            this.index = index;
        }

        @Override
        public void run() {
            while (!finished.get() && wrong.isEmpty()) {
                walk();
                walkCount.incrementAndGet();
            }
        }

        private void walk() {
            long offset = index.minOffset(QUEUE);
            long nextKept = 0;
            if (offset > 0) {
                wrong.add("the queue begins at " + offset);
            }
            int countMax = 1 + ThreadLocalRandom.current().nextInt(64);
            while (nextKept < KEPT_END && index.copy(QUEUE, offset, countMax, entries) > 0 && wrong.isEmpty()) {
                for (int i = 0; i < entries.count(); i++) {
                    if (!entries.isHole(i)) {
                        nextKept = check(i, nextKept);
                    }
                }
                offset = entries.firstOffset() + entries.count();
            }
            if (nextKept < KEPT_END) {
                wrong.add("kept message " + nextKept + " was not met");
            }
        }

        private long check(int i, long nextKept) {
            boolean fits = entries.crc(i) == (int) entries.position(i)
                    && entries.size(i) == 1 + (entries.position(i) & 0xff)
                    && entries.tagHash(i) == (int) entries.offset(i);
            if (!fits || (entries.offset(i) > nextKept && nextKept < KEPT_END)) {
                wrong.add("at offset " + entries.offset(i) + " position " + entries.position(i) + ", crc "
                        + entries.crc(i) + ", tag " + entries.tagHash(i) + "; kept comes " + nextKept);
            }
            return entries.offset(i) == nextKept ? nextKept + KEPT_DISTANCE : nextKept;
        }
    }
}
