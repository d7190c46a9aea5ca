package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What readers of a queue get when the disk does not give a part of it. */
class UnreadableReadTest {
    private static final String FIRST = "log/" + Segment.name(0);
    private static final int COUNT = 100;

    private final LogFixture fixture = new LogFixture(1);
    private final ReadScratch scratch = new ReadScratch();
    private final List<Long> positions = new ArrayList<>();

    UnreadableReadTest() {
        fixture.settings = fixture.settings.withSizes(1 << 20, 0, 2048);
        fixture.open();
        for (long i = 0; i < COUNT; i++) {
            positions.add(fixture.send(0, i, 1000));
        }
    }

    @Test
    void oneUnreadableMessageIsAHoleAndAllAroundItAreRead() {
        failReads(40, Integer.MAX_VALUE);
        assertThat(fixture.messages(0)).isEqualTo(without(40));
        assertThat(fixture.log.damageCount()).isEqualTo(1);
        assertThat(fixture.reports.get(0)).contains("damaged " + positions.get(40) + "+", "cannot be read");
    }

    @Test
    void aReadThatFailsOnceOrTwiceCostsNothing() {
        for (int count = 1; count <= 2; count++) {
            failReads(40, count);
            List<Long> found = new ArrayList<>();
            ReadResult first = read(30, found);
            ReadResult second = read(first.nextOffset(), found);
            assertThat(found).isEqualTo(LongStream.range(30, COUNT).boxed().toList());
            assertThat(first.damagedCount() + second.damagedCount()).isZero();
        }
    }

    @Test
    void whatWasReadBeforeItGoesOutFirstAndTheNextReadTriesAgain() {
        failReads(40, Integer.MAX_VALUE);
        List<Long> found = new ArrayList<>();
        ReadResult result = read(30, found);
        assertThat(found).hasSize(10);
        assertThat(result).isEqualTo(new ReadResult(40, 10, result.bytes(), 0, ReadResult.End.LIMIT));
        failReads(40, 0);
        assertThat(read(40, found).damagedCount()).isZero();
        assertThat(found).hasSize(70);
    }

    @Test
    void whereNothingElseCanBeReadItIsSteppedOver() {
        fixture.disk.failReads(FIRST, positions.get(40), positions.get(60));
        List<Long> found = new ArrayList<>();
        ReadResult result = read(40, found);
        assertThat(result.damagedCount()).isEqualTo(20);
        assertThat(found).isEqualTo(LongStream.range(60, COUNT).boxed().toList());
        assertThat(result.nextOffset()).isEqualTo(COUNT);
    }

    @Test
    void aMessageThatAnotherReadFailedOnOnceIsGivenByItsPositionAndItsEntry() {
        failReads(40, 1);
        assertThat(fixture.log.reader().readAt(positions.get(40), (b, i, l, offset) -> offset == 40, scratch))
                .isTrue();
        failReads(40, 1);
        var entries = new io.ternmq.log.index.IndexEntries(1);
        assertThat(fixture.log.queues().copy(0, 40, 1, entries)).isEqualTo(1);
        assertThat(fixture.log.reader().readEntry(entries, 0, (b, i, l, offset) -> true, scratch))
                .isEqualTo(LogReader.Reading.READ);
        assertThat(fixture.log.damageCount()).isZero();
    }

    private ReadResult read(long fromOffset, List<Long> into) {
        return fixture.log
                .reader()
                .read(
                        0,
                        fromOffset,
                        new ReadLimits(COUNT, 1 << 20, COUNT),
                        TagFilter.ALL,
                        (buffer, index, length, offset) -> into.add(TestRecords.number(buffer, index, length)),
                        scratch);
    }

    private void failReads(int offset, int count) {
        long at = positions.get(offset) + 500;
        fixture.disk.failReads(FIRST, at, at + 1, count);
    }

    private static List<Long> without(long missing) {
        return LongStream.range(0, COUNT).filter(i -> i != missing).boxed().toList();
    }
}
