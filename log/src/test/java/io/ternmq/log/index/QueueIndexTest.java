package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueIndexTest {
    private static final int QUEUE = 5;
    private static final int OTHER = 70_000;

    private final IndexFixture log = new IndexFixture();
    private final IndexEntries entries = new IndexEntries(5_000);
    private QueueIndex index;

    @BeforeEach
    void open() throws IOException {
        index = QueueIndex.open(log.directory, log.bounds);
    }

    @AfterEach
    void close() {
        index.close();
        log.close();
    }

    /** Offset n of a queue is at 100 n. */
    private void append(int queueNo, int count) {
        for (int i = 0; i < count; i++) {
            long offset = index.nextOffset(queueNo);
            index.append(queueNo, offset * 100, 10, (int) offset, queueNo);
        }
    }

    private void reopen(List<SliceOutput> slices, long stamp) throws IOException {
        index.close();
        index = QueueIndex.open(log.directory, log.bounds);
        for (SliceOutput slice : slices) {
            index.restoreSlice(IndexFixture.input(slice), stamp);
        }
    }

    @Test
    void findsEveryMessageOfAQueueThatGrewThroughAllBlockSizes() {
        append(QUEUE, 10_000);
        assertThat(index.minOffset(QUEUE)).isZero();
        assertThat(index.maxOffset(QUEUE)).isEqualTo(10_000);
        for (long offset = 0; offset < 10_000; offset += entries.count()) {
            assertThat(index.copy(QUEUE, offset, 333, entries)).isPositive();
            for (int i = 0; i < entries.count(); i++) {
                assertThat(entries.position(i)).isEqualTo(entries.offset(i) * 100);
                assertThat(entries.crc(i)).isEqualTo((int) entries.offset(i));
                assertThat(entries.size(i)).isEqualTo(10);
                assertThat(entries.tagHash(i)).isEqualTo(QUEUE);
            }
        }
        assertThat(index.copy(QUEUE, 10_000, 333, entries)).isZero();
        assertThat(entries.firstOffset()).isEqualTo(10_000);
    }

    @Test
    void anUnknownQueueIsEmpty() {
        assertThat(index.minOffset(1_000_000)).isZero();
        assertThat(index.maxOffset(1_000_000)).isZero();
        assertThat(index.nextOffset(1_000_000)).isZero();
        assertThat(index.copy(1_000_000, 0, 10, entries)).isZero();
        assertThatCode(() -> index.drop(1_000_000, 0)).doesNotThrowAnyException();
    }

    @Test
    void readersSeeNothingAtOrBehindTheCommittedPosition() {
        append(QUEUE, 5_000);
        for (int committed : new int[] {0, 1, 15, 16, 17, 272, 273, 4_368, 4_999, 5_000}) {
            log.bounds.committedPosition = committed * 100L;
            assertThat(index.maxOffset(QUEUE)).isEqualTo(committed);
            assertThat(index.copy(QUEUE, 0, 5_000, entries)).isEqualTo(committed);
            assertThat(index.minOffset(QUEUE)).isZero();
        }
        assertThat(index.nextOffset(QUEUE)).isEqualTo(5_000);
    }

    @Test
    void readersSeeNothingBeforeTheStartEvenBeforeTheSweep() {
        append(QUEUE, 5_000);
        log.bounds.startPosition = 123_450;
        assertThat(index.minOffset(QUEUE)).isEqualTo(1_235);
        assertThat(index.copy(QUEUE, 0, 7, entries)).isEqualTo(7);
        assertThat(entries.firstOffset()).isEqualTo(1_235);
        log.bounds.startPosition = 1_000_000;
        assertThat(index.minOffset(QUEUE)).isEqualTo(5_000);
        assertThat(index.copy(QUEUE, 0, 7, entries)).isZero();
    }

    @Test
    void aSweptQueueGoesOnWhereItWas() {
        append(QUEUE, 5_000);
        log.bounds.startPosition = 460_000;
        sweepAll();
        assertThat(index.minOffset(QUEUE)).isEqualTo(4_600);
        log.bounds.startPosition = 1_000_000;
        sweepAll();
        assertThat(index.minOffset(QUEUE)).isEqualTo(5_000);
        assertThat(index.maxOffset(QUEUE)).isEqualTo(5_000);
        index.append(QUEUE, 1_000_000, 10, 1, 2);
        assertThat(index.minOffset(QUEUE)).isEqualTo(5_000);
        assertThat(index.copy(QUEUE, 0, 10, entries)).isEqualTo(1);
        assertThat(entries.firstOffset()).isEqualTo(5_000);
    }

    private void sweepAll() {
        while (index.sweep(1_000) > 0) {
            assertThat(index.nextOffset(QUEUE)).isEqualTo(5_000);
        }
    }

    @Test
    void aDroppedQueueBeginsAgainAtZero() {
        append(QUEUE, 300);
        index.drop(QUEUE, 30_000);
        assertThat(index.maxOffset(QUEUE)).isZero();
        assertThat(index.copy(QUEUE, 0, 10, entries)).isZero();
        index.append(QUEUE, 30_001, 10, 77, 2);
        assertThat(index.copy(QUEUE, 0, 10, entries)).isEqualTo(1);
        assertThat(entries.crc(0)).isEqualTo(77);
    }

    @Test
    void refusesWhatCannotFollow() {
        append(QUEUE, 10);
        assertThatThrownBy(() -> index.append(QUEUE, 899, 10, 0, 0))
                .isInstanceOf(IndexMismatchException.class)
                .hasMessageContaining("899")
                .hasMessageContaining("900");
        assertThatThrownBy(() -> index.append(QUEUE, 900, -1, 0, 0)).isInstanceOf(IndexMismatchException.class);
        assertThatThrownBy(() -> index.append(-1, 900, 10, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneRecordMayGoToSeveralQueues() {
        index.append(QUEUE, 100, 10, 1, 2);
        index.append(OTHER, 100, 10, 1, 2);
        assertThat(index.maxOffset(QUEUE)).isEqualTo(1);
        assertThat(index.maxOffset(OTHER)).isEqualTo(1);
    }

    @Test
    void aReplaySkipsWhatIsKnownAndMakesHolesOfWhatIsMissing() {
        append(QUEUE, 10);
        index.appendReplayed(QUEUE, 3, 300, 10, 3, QUEUE);
        index.appendReplayed(QUEUE, 13, 1_300, 10, 13, QUEUE);
        assertThat(index.copy(QUEUE, 9, 10, entries)).isEqualTo(5);
        assertThat(entries.isHole(0)).isFalse();
        assertThat(entries.isHole(1)).isTrue();
        assertThat(entries.isHole(3)).isTrue();
        assertThat(entries.position(3)).isEqualTo(1_300);
        assertThat(entries.isHole(4)).isFalse();
    }

    @Test
    void aReplayThatContradictsTheIndexIsRefused() {
        append(QUEUE, 10);
        assertThatThrownBy(() -> index.appendReplayed(QUEUE, 3, 301, 10, 3, 0))
                .isInstanceOf(IndexMismatchException.class)
                .hasMessageContaining("301");
        assertThatThrownBy(() -> index.appendReplayed(QUEUE, 11L + QueueIndex.HOLES_MAX, 10_000, 10, 3, 0))
                .isInstanceOf(IndexMismatchException.class);
        assertThatThrownBy(() -> index.appendReplayed(OTHER, 1L << 53, 10_000, 10, 3, 0))
                .isInstanceOf(IndexMismatchException.class);
        assertThat(index.nextOffset(QUEUE)).isEqualTo(10);
    }

    @Test
    void aReplayedQueueMayBeginAtAnyOffset() {
        index.appendReplayed(QUEUE, 1_000_000, 500, 10, 1, 0);
        assertThat(index.minOffset(QUEUE)).isEqualTo(1_000_000);
        assertThat(index.maxOffset(QUEUE)).isEqualTo(1_000_001);
        assertThat(index.copy(QUEUE, 0, 10, entries)).isEqualTo(1);
    }

    @Test
    void comesBackFromACheckpointAndTheReplayBehindIt() throws IOException {
        append(OTHER, 1);
        append(QUEUE, 300);
        List<SliceOutput> slices = IndexFixture.checkpoint(index, 40_000);
        index.append(QUEUE, 40_000, 10, 300, QUEUE);
        reopen(slices, 40_000);
        assertThat(index.nextOffset(QUEUE)).isEqualTo(300);
        index.appendReplayed(QUEUE, 299, 29_900, 10, 299, QUEUE);
        index.appendReplayed(QUEUE, 300, 40_000, 10, 300, QUEUE);
        index.recovered();
        assertThat(index.copy(QUEUE, 298, 10, entries)).isEqualTo(3);
        assertThat(entries.crc(2)).isEqualTo(300);
        assertThat(index.maxOffset(OTHER)).isEqualTo(1);
    }

    @Test
    void aDropThatTheSliceKnowsIsNotRepeated() throws IOException {
        append(QUEUE, 3);
        index.drop(QUEUE, 1_000);
        index.append(QUEUE, 1_001, 10, 1, 2);
        List<SliceOutput> slices = IndexFixture.checkpoint(index, 2_000);
        reopen(slices, 2_000);
        index.drop(QUEUE, 1_000);
        assertThat(index.maxOffset(QUEUE)).isEqualTo(1);
        index.drop(QUEUE, 2_000);
        assertThat(index.maxOffset(QUEUE)).isZero();
    }

    @Test
    void saysSoWhenABlockFileIsMissingOrCutOrOfAnotherQueue() throws IOException {
        append(QUEUE, 20);
        List<SliceOutput> slices = IndexFixture.checkpoint(index, 40_000);
        index.close();
        Files.delete(log.path.resolve("blocks-256-0000"));
        assertThatThrownBy(() -> reopen(slices, 40_000)).isInstanceOf(IndexDamagedException.class);
        index.close();
        try (RandomAccessFile file =
                new RandomAccessFile(log.path.resolve("blocks-16-0000").toFile(), "rw")) {
            file.setLength(4_096);
        }
        assertThatThrownBy(() -> reopen(slices, 40_000)).isInstanceOf(IndexDamagedException.class);
        rebuild(slices, 40_000);
        append(QUEUE + 1, 20);
        assertThatThrownBy(() -> reopen(slices, 40_000))
                .isInstanceOf(IndexDamagedException.class)
                .hasMessageContaining("generation");
    }

    private void rebuild(List<SliceOutput> slices, long stamp) throws IOException {
        index.close();
        index = QueueIndex.createEmpty(log.directory, log.bounds);
        for (SliceOutput slice : slices) {
            index.restoreEnds(IndexFixture.input(slice), stamp);
        }
    }

    @Test
    void aRebuiltQueueOfWhichNothingIsRetainedGoesOnAtItsOldEnd() throws IOException {
        append(OTHER, 20);
        for (int i = 0; i < 300; i++) {
            index.append(QUEUE, 2_000 + i, 10, i, QUEUE);
        }
        List<SliceOutput> slices = IndexFixture.checkpoint(index, 40_000);
        rebuild(slices, 40_000);
        index.appendReplayed(OTHER, 18, 1_800, 10, 18, OTHER);
        index.drop(OTHER, 40_000);
        index.recovered();
        assertThat(index.nextOffset(QUEUE)).isEqualTo(300);
        assertThat(index.minOffset(QUEUE)).isEqualTo(300);
        assertThat(index.nextOffset(OTHER)).isZero();
    }

    @Test
    void makesTheNextFileAheadOnlyWhenItWillBeNeeded() throws IOException {
        append(QUEUE, 273);
        index.prepareRoom();
        assertThat(log.directory.list()).containsExactly("blocks-16-0000", "blocks-256-0000", "blocks-4096-0000");
        for (int queueNo = 100; queueNo < 14_000; queueNo++) {
            index.append(queueNo, 1_000_000, 1, 1, 1);
        }
        index.prepareRoom();
        index.prepareRoom();
        assertThat(log.directory.list()).contains("blocks-16-0001").doesNotContain("blocks-16-0002");
    }

    @Test
    void aQueueOfManyBlocksLosesThemFromTheFront() {
        append(QUEUE, 60_000);
        for (long start = 0; start <= 6_000_000; start += 350_000) {
            log.bounds.startPosition = start;
            while (index.sweep(4_096) > 0) {
                assertThat(index.nextOffset(QUEUE)).isEqualTo(60_000);
            }
            assertThat(index.minOffset(QUEUE)).isEqualTo(Math.min(60_000, start / 100));
            assertThat(index.copy(QUEUE, 59_000, 5_000, entries))
                    .isEqualTo((int) Math.min(1_000, 60_000 - start / 100));
        }
    }
}
