package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.collections.LongArrayList;

/** Any sequence of appends, checkpoints, maintenance, retention and restarts, beside a plain list. */
class KeyIndexModelTest {
    private static final int STEP_COUNT = 300;
    private static final int BUFFER_ENTRY_COUNT = 256;

    @Property(tries = 25)
    void findsWhatAPlainListHolds(@ForAll long seed) throws IOException {
        Run run = new Run(new Random(seed));
        try {
            for (int i = 0; i < STEP_COUNT; i++) {
                run.step();
            }
        } finally {
            run.index.close();
        }
    }

    private record Keyed(long hash, long position, long timeMs) {}

    private static final class Run {
        private final IndexBounds log = new IndexBounds();
        private final MemoryDirectory directory = new MemoryDirectory();
        private final Random random;
        private final List<Keyed> keys = new ArrayList<>();
        private final LongArrayList found = new LongArrayList();
        private KeyIndex index;
        private SliceOutput slice;
        private long replayPosition;
        private long position = 1;
        private long timeMs = 1_000;

        Run(Random random) throws IOException {
            this.random = random;
            this.index = KeyIndex.open(directory, log, BUFFER_ENTRY_COUNT);
        }

        void step() throws IOException {
            switch (random.nextInt(12)) {
                case 0 -> checkpoint();
                case 1 -> index.writeRuns();
                case 2, 3 -> index.mergeRuns(replayPosition);
                case 4 -> retain();
                case 5 -> restart();
                default -> append();
            }
            check();
        }

        private void append() {
            int recordCount = random.nextInt(80);
            long[] hashes = new long[3];
            for (int i = 0; i < recordCount; i++) {
                int count = random.nextInt(4);
                for (int k = 0; k < count; k++) {
                    hashes[k] = anyHash();
                    keys.add(new Keyed(hashes[k], position, timeMs));
                }
                index.append(hashes, count, position, timeMs);
                position += 1 + random.nextInt(5);
                timeMs += random.nextInt(3);
            }
        }

        /** Some hashes differ only where the order of a run does not look. */
        private long anyHash() {
            return (random.nextInt(20) - 10L) * 0x0fff_ffff_ffff_0000L + random.nextInt(2);
        }

        private void checkpoint() throws IOException {
            index.seal();
            slice = new SliceOutput();
            index.writeSlice(slice);
            index.writeRuns();
            replayPosition = position;
        }

        private void retain() {
            long start = log.startPosition;
            if (replayPosition > start && random.nextInt(4) == 0) {
                log.startPosition = start + random.nextLong(replayPosition - start);
            }
            index.deleteOldRuns();
        }

        private void restart() throws IOException {
            index.close();
            index = KeyIndex.open(directory, log, BUFFER_ENTRY_COUNT);
            long from = replayPosition;
            if (slice == null || random.nextInt(4) == 0) {
                index.clear();
                slice = null;
                replayPosition = 0;
                from = log.startPosition;
            } else {
                index.restoreSlice(IndexFixture.input(slice), replayPosition);
            }
            replay(from);
        }

        private void replay(long from) {
            int i = 0;
            while (i < keys.size()) {
                long[] hashes = new long[3];
                int count = 0;
                Keyed first = keys.get(i);
                while (i < keys.size() && keys.get(i).position == first.position) {
                    hashes[count++] = keys.get(i).hash;
                    i++;
                }
                if (first.position >= from) {
                    index.append(hashes, count, first.position, first.timeMs);
                }
            }
        }

        private void check() throws IOException {
            log.committedPosition = log.startPosition + random.nextLong(position - log.startPosition + 1);
            long hash = anyHash();
            long fromTimeMs = random.nextBoolean() ? 0 : random.nextLong(timeMs + 1);
            long toTimeMs = random.nextBoolean() ? Long.MAX_VALUE : fromTimeMs + random.nextLong(timeMs + 1);
            int countMax = 1 + random.nextInt(100);
            index.find(hash, fromTimeMs, toTimeMs, countMax, found);
            List<Long> expected = new ArrayList<>(keys.stream()
                    .filter(key -> key.hash == hash && key.timeMs >= fromTimeMs && key.timeMs <= toTimeMs)
                    .map(Keyed::position)
                    .filter(at -> at >= log.startPosition && at < log.committedPosition)
                    .distinct()
                    .toList());
            Collections.reverse(expected);
            assertThat(List.copyOf(found)).isEqualTo(expected.subList(0, Math.min(countMax, expected.size())));
            checkNewest();
        }

        private void checkNewest() throws IOException {
            KeyBatch batch = new KeyBatch(10);
            List<Long> hashes = new ArrayList<>();
            for (int i = random.nextInt(10); i > 0; i--) {
                hashes.add(anyHash());
            }
            hashes.forEach(batch::add);
            index.findNewest(batch);
            for (long hash : hashes) {
                long expected = keys.stream()
                        .filter(key -> key.hash == hash)
                        .mapToLong(Keyed::position)
                        .filter(at -> at >= log.startPosition && at < log.committedPosition)
                        .max()
                        .orElse(KeyBatch.NONE);
                assertThat(batch.newest(hash)).isEqualTo(expected);
            }
        }
    }
}
