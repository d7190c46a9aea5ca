package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    private static final int BUFFER_ENTRY_COUNT = 256;
    private static final long KEY = 0x1234_5678_9abc_def0L;

    private final IndexFixture log = new IndexFixture();
    private final LongArrayList found = new LongArrayList();
    private KeyIndex index;

    @BeforeEach
    void open() throws IOException {
        index = KeyIndex.open(log.directory, log.bounds, BUFFER_ENTRY_COUNT);
    }

    @AfterEach
    void close() {
        index.close();
        log.close();
    }

    private void append(long position, long... hashes) {
        index.append(hashes, hashes.length, position, position * 10);
    }

    /** One key of its own for each position. */
    private void appendOthers(long from, long to) {
        for (long position = from; position < to; position++) {
            append(position, position * 0x9e37_79b9_7f4a_7c15L);
        }
    }

    private List<Long> find(int countMax) throws IOException {
        index.find(KEY, 0, Long.MAX_VALUE, countMax, found);
        return List.copyOf(found);
    }

    @Test
    void findsNewestFirstInBuffersAndRuns() throws IOException {
        append(1, KEY);
        appendOthers(2, 600);
        append(600, KEY, KEY + 1);
        index.seal();
        index.writeRuns();
        append(601, KEY);
        assertThat(find(10)).containsExactly(601L, 600L, 1L);
        assertThat(find(2)).containsExactly(601L, 600L);
        assertThat(index.runCount()).isPositive();
    }

    @Test
    void findsWithinTimesBothIncluded() throws IOException {
        for (int position = 1; position < 1_000; position++) {
            append(position, KEY);
        }
        index.find(KEY, 2_000, 2_020, 10, found);
        assertThat(found).containsExactly(202L, 201L, 200L);
        index.writeRuns();
        index.find(KEY, 2_000, 2_020, 10, found);
        assertThat(found).containsExactly(202L, 201L, 200L);
        index.find(KEY, 9_991, 10_000, 10, found);
        assertThat(found).isEmpty();
    }

    @Test
    void tellsHashesApartThatSortAlike() throws IOException {
        append(1, KEY + 1);
        append(2, KEY);
        append(3, KEY + 2);
        index.seal();
        index.writeRuns();
        assertThat(find(10)).containsExactly(2L);
    }

    @Test
    void findsOnlyWhatIsCommittedAndRetained() throws IOException {
        append(10, KEY);
        append(20, KEY);
        append(30, KEY);
        log.bounds.startPosition = 11;
        log.bounds.committedPosition = 30;
        assertThat(find(10)).containsExactly(20L);
    }

    @Test
    void theWriterSortsByItselfWhenNobodyElseDoes() throws IOException {
        appendOthers(1, 5_000);
        assertThat(index.runCount()).isPositive();
        append(5_000, KEY);
        assertThat(find(10)).containsExactly(5_000L);
    }

    @Test
    void neverSplitsTheKeysOfARecordOverRuns() throws IOException {
        appendOthers(1, 250);
        long[] hashes = new long[200];
        hashes[0] = KEY;
        hashes[199] = KEY;
        append(250, hashes);
        index.writeRuns();
        assertThat(index.runCount()).isEqualTo(1);
        assertThat(find(10)).containsExactly(250L);
    }

    @Test
    void mergesRunsBeforeTheCheckpointAndDropsWhatIsGone() throws IOException {
        append(1, KEY);
        appendOthers(2, 10_000);
        append(10_000, KEY);
        index.seal();
        index.writeRuns();
        int runCount = index.runCount();
        assertThat(index.mergeRuns(1_000)).isFalse();
        log.bounds.startPosition = 2;
        while (index.mergeRuns(Long.MAX_VALUE)) {
            assertThat(index.runCount()).isLessThan(runCount);
        }
        assertThat(index.runCount()).isLessThan(KeyMerger.FAN_IN * 2);
        assertThat(find(10)).containsExactly(10_000L);
        assertThat(runFiles()).hasSize(index.runCount());
    }

    private List<String> runFiles() throws IOException {
        return log.directory.list().stream().filter(KeyRunSpan::isFileName).toList();
    }

    @Test
    void deletesRunsThatLieBeforeTheStart() throws IOException {
        appendOthers(1, 1_000);
        index.seal();
        index.writeRuns();
        log.bounds.startPosition = 1_000;
        index.deleteOldRuns();
        assertThat(index.runCount()).isZero();
        assertThat(runFiles()).isEmpty();
    }

    @Test
    void takesTheReplayBehindACheckpointOnce() throws IOException {
        append(1, KEY);
        appendOthers(2, 300);
        index.seal();
        SliceOutput slice = new SliceOutput();
        index.writeSlice(slice);
        append(300, KEY);
        appendOthers(301, 600);
        index.seal();
        index.writeRuns();
        reopen(slice, 300);
        append(1, KEY);
        append(300, KEY);
        assertThat(find(10)).containsExactly(300L, 1L);
    }

    private void reopen(SliceOutput slice, long replayPosition) throws IOException {
        index.close();
        open();
        index.restoreSlice(IndexFixture.input(slice), replayPosition);
    }

    @Test
    void saysSoWhenARunIsMissingOrDamaged() throws IOException {
        appendOthers(1, 1_000);
        index.seal();
        SliceOutput slice = new SliceOutput();
        index.writeSlice(slice);
        index.writeRuns();
        reopen(slice, 1_000);
        Path middle = log.path.resolve(runFiles().get(1));
        try (RandomAccessFile file = new RandomAccessFile(middle.toFile(), "rw")) {
            file.seek(KeyRunLayout.COUNT_AT);
            file.write(77);
        }
        assertThatThrownBy(() -> reopen(slice, 1_000)).isInstanceOf(IndexDamagedException.class);
        index.clear();
        appendOthers(1, 100);
        append(100, KEY);
        assertThat(find(10)).containsExactly(100L);
        assertThatThrownBy(() -> reopen(slice, 1_000)).isInstanceOf(IndexDamagedException.class);
    }

    @Test
    void aRunWithAFlippedBitIsNotMergedIntoOthers() throws IOException {
        appendOthers(1, 256 * 9);
        index.seal();
        index.writeRuns();
        try (RandomAccessFile file =
                new RandomAccessFile(log.path.resolve(runFiles().get(0)).toFile(), "rw")) {
            file.seek(KeyRunLayout.HEADER_BYTES + 100);
            int flipped = file.read() ^ 1;
            file.seek(KeyRunLayout.HEADER_BYTES + 100);
            file.write(flipped);
        }
        assertThatThrownBy(() -> index.mergeRuns(Long.MAX_VALUE)).isInstanceOf(IndexDamagedException.class);
        assertThat(index.mergeRuns(Long.MAX_VALUE)).isTrue();
    }

    @Test
    void clearsAwayTheRestsOfACrash() throws IOException {
        appendOthers(1, 256 * 8);
        index.seal();
        index.writeRuns();
        List<String> parts = runFiles();
        Path saved = Files.createTempDirectory(log.path, "parts");
        for (String part : parts) {
            Files.copy(log.path.resolve(part), saved.resolve(part));
        }
        assertThat(index.mergeRuns(Long.MAX_VALUE)).isTrue();
        for (String part : parts) {
            Files.copy(saved.resolve(part), log.path.resolve(part));
        }
        Files.createFile(log.path.resolve("keys-merged.tmp"));
        index.close();
        open();
        assertThat(runFiles()).hasSize(1);
        assertThat(index.runCount()).isEqualTo(1);
    }

    @Test
    void refusesARecordBeforeTheLast() {
        append(10, KEY);
        assertThatThrownBy(() -> append(9, KEY)).isInstanceOf(IndexMismatchException.class);
    }
}
