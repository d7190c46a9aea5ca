package io.ternmq.log.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MovedEntriesTest {
    private static final int QUEUE = 5;
    private static final int OTHER = 6;

    private final IndexFixture log = new IndexFixture();
    private final IndexEntries entries = new IndexEntries(5_000);
    private QueueIndex index;
    private long position;

    @BeforeEach
    void open() throws IOException {
        index = QueueIndex.open(log.directory, log.bounds);
    }

    @AfterEach
    void close() {
        index.close();
        log.close();
    }

    private void append(int queueNo, int count) {
        for (int i = 0; i < count; i++) {
            position += 10;
            index.append(queueNo, position, 10, (int) position, queueNo);
        }
    }

    private void move(long... offsets) {
        for (long offset : offsets) {
            position += 10;
            index.move(QUEUE, offset, position, 10, (int) position, QUEUE);
        }
    }

    /** Everything so far is gone but for what was moved. */
    private void trim(long start) {
        assertThat(index.settleMoves(position + 1)).isZero();
        log.bounds.startPosition = start;
    }

    private void sweepAll() {
        while (index.sweep(1_000) > 0) {
            assertThat(index.nextOffset(QUEUE)).isPositive();
        }
    }

    /** @return the offsets that have a message */
    private List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        long offset = 0;
        while (index.copy(QUEUE, offset, 700, entries) > 0) {
            for (int i = 0; i < entries.count(); i++) {
                if (!entries.isHole(i)) {
                    offsets.add(entries.offset(i));
                }
            }
            offset = entries.firstOffset() + entries.count();
        }
        return offsets;
    }

    @Test
    void whatWasMovedIsStillAtItsOffsetAndTheRestIsHoles() {
        append(QUEUE, 5_000);
        long start = position + 1;
        move(7, 20, 4_500);
        append(QUEUE, 2);
        trim(start);

        assertThat(offsets()).containsExactly(7L, 20L, 4_500L, 5_000L, 5_001L);
        assertThat(index.minOffset(QUEUE)).isLessThanOrEqualTo(7);
        assertThat(index.maxOffset(QUEUE)).isEqualTo(5_002);
        sweepAll();
        assertThat(offsets()).containsExactly(7L, 20L, 4_500L, 5_000L, 5_001L);
        assertThat(index.minOffset(QUEUE)).isEqualTo(7);
    }

    @Test
    void aMoveIsSeenOnceItsRecordIsSafe() {
        append(QUEUE, 3);
        move(1);
        assertThat(index.settleMoves(position)).isEqualTo(1);
        assertThat(index.copy(QUEUE, 1, 1, entries)).isEqualTo(1);
        assertThat(entries.position(0)).isEqualTo(20);
        assertThatThrownBy(() -> IndexFixture.checkpoint(index, position)).isInstanceOf(IllegalStateException.class);

        assertThat(index.settleMoves(position + 1)).isZero();
        assertThat(index.copy(QUEUE, 1, 1, entries)).isEqualTo(1);
        assertThat(entries.position(0)).isEqualTo(position);
    }

    @Test
    void aMoveInADroppedQueueIsForgotten() {
        append(QUEUE, 3);
        move(1);
        index.drop(QUEUE, position);
        assertThat(index.settleMoves(position + 1)).isZero();
        assertThat(index.maxOffset(QUEUE)).isZero();
    }

    @Test
    void blocksInTheMiddleAreUsedAgainWhenNothingInThemIsLeft() throws IOException {
        append(QUEUE, 250_000);
        long start = position + 1;
        move(3, 125_000, 249_999);
        trim(start);
        sweepAll();
        for (int i = 0; i < 3; i++) {
            append(OTHER, 1);
            IndexFixture.checkpoint(index, position);
        }
        append(OTHER, 230_000);
        assertThat(log.directory.list()).contains("blocks-4096-0000").doesNotContain("blocks-4096-0001");
        assertThat(offsets()).containsExactly(3L, 125_000L, 249_999L);
    }

    @Test
    void aQueueWhoseMovedMessagesAreGoneIsLikeAnyOther() {
        append(QUEUE, 1_000);
        long start = position + 1;
        move(3, 500);
        long firstStart = position + 1;
        append(QUEUE, 100);
        trim(start);
        sweepAll();
        trim(firstStart);
        sweepAll();
        assertThat(index.minOffset(QUEUE)).isEqualTo(1_000);
        assertThat(offsets()).hasSize(100).startsWith(1_000L);
        trim(position + 1);
        sweepAll();
        assertThat(index.minOffset(QUEUE)).isEqualTo(1_100);
        append(QUEUE, 1);
        assertThat(offsets()).containsExactly(1_100L);
    }

    @Test
    void comesBackFromACheckpointWithMissingBlocks() throws IOException {
        append(QUEUE, 30_000);
        long start = position + 1;
        move(3, 29_000);
        trim(start);
        sweepAll();
        List<SliceOutput> slices = IndexFixture.checkpoint(index, position + 1);
        index.close();
        index = QueueIndex.open(log.directory, log.bounds);
        for (SliceOutput slice : slices) {
            index.restoreSlice(IndexFixture.input(slice), position + 1);
        }
        index.recovered();
        assertThat(offsets()).containsExactly(3L, 29_000L);
        assertThat(index.minOffset(QUEUE)).isEqualTo(3);
        append(QUEUE, 1);
        assertThat(offsets()).containsExactly(3L, 29_000L, 30_000L);
    }

    @Test
    void isMadeAnewFromMovesInAnyOrderAndWhatCameLater() throws IOException {
        append(QUEUE, 1_000_000);
        List<SliceOutput> slices = IndexFixture.checkpoint(index, position + 1);
        index.close();
        index = QueueIndex.createEmpty(log.directory, log.bounds);
        for (SliceOutput slice : slices) {
            index.restoreEnds(IndexFixture.input(slice), position + 1);
        }
        log.bounds.startPosition = position + 1;
        for (long offset : new long[] {500_000, 17, 700_000, 16, 300, 499_999, 17}) {
            position += 10;
            index.moveReplayed(QUEUE, offset, position, 10, (int) position, QUEUE);
        }
        index.appendReplayed(QUEUE, 999_999, position + 10, 10, 0, QUEUE);
        index.recovered();
        assertThat(offsets()).containsExactly(16L, 17L, 300L, 499_999L, 500_000L, 700_000L, 999_999L);
        assertThat(index.copy(QUEUE, 17, 1, entries)).isEqualTo(1);
        assertThat(entries.position(0)).isEqualTo(position);
        assertThat(index.nextOffset(QUEUE)).isEqualTo(1_000_000);
        assertThat(index.minOffset(QUEUE)).isEqualTo(16);
    }

    @Test
    void aQueueMadeAnewFromMovesAloneGoesOnAtItsOldEnd() throws IOException {
        append(QUEUE, 500_000);
        List<SliceOutput> slices = IndexFixture.checkpoint(index, position + 1);
        index.close();
        index = QueueIndex.createEmpty(log.directory, log.bounds);
        for (SliceOutput slice : slices) {
            index.restoreEnds(IndexFixture.input(slice), position + 1);
        }
        log.bounds.startPosition = position + 1;
        index.moveReplayed(QUEUE, 17, position + 10, 10, 0, QUEUE);
        index.recovered();
        position += 10;
        append(QUEUE, 1);
        assertThat(offsets()).containsExactly(17L, 500_000L);
    }
}
