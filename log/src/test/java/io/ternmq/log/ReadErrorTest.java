package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sectors that the disk does not give: of what is written already, so nothing that is still to be written suffers. */
class ReadErrorTest {
    private static final String FIRST = "log/" + Segment.name(0);

    /** Longer than two pages: the page in their middle is theirs alone. */
    private static final int LARGE = 12_000;

    private static final int MIDDLE = 5_000;

    private final LogFixture fixture = new LogFixture(1);

    ReadErrorTest() {
        fixture.settings = fixture.settings.withSizes(1 << 20, 0, 2048);
        fixture.open();
    }

    @Test
    void theScrubReportsAnUnreadablePlaceAndGoesOnAndSoDoesTheLog() {
        openWithScrub();
        List<Long> positions = sendMany(20, LARGE);
        failReads(positions.get(4) + MIDDLE, 1);
        fixture.disk.flipBit(FIRST, positions.get(9) + 90, 3);
        scrubAll();
        assertThat(fixture.failed).isFalse();
        assertThat(fixture.reports).hasSize(2);
        assertThat(fixture.reports.get(0)).contains("damaged " + positions.get(4) + "+", "cannot be read");
        assertThat(fixture.reports.get(1)).contains("damaged " + positions.get(9) + "+");
        assertThat(fixture.log.damageCount()).isEqualTo(2);
        fixture.send(0, 20);
    }

    @Test
    void theScrubStepsOverAnEntryWhoseHeaderIsUnreadable() {
        openWithScrub();
        List<Long> positions = sendMany(10, LARGE);
        failReads(positions.get(4) - EntryLayout.HEADER_BYTES, 1);
        fixture.disk.flipBit(FIRST, positions.get(9) + 90, 3);
        scrubAll();
        assertThat(fixture.failed).isFalse();
        assertThat(fixture.log.damageCount()).isEqualTo(2);
    }

    @Test
    void theScrubDoesNotTryAllPagesOfADiskThatGivesNone() {
        openWithScrub();
        List<Long> positions = sendMany(10, LARGE);
        fixture.disk.failReads(FIRST, 0, Long.MAX_VALUE);
        scrubAll();
        assertThat(fixture.failed).isFalse();
        assertThat(fixture.log.damageCount()).isEqualTo(1);
        assertThat(fixture.reports.get(0)).contains("damaged 0+", "cannot be read");
        fixture.send(0, positions.size());
    }

    @Test
    void makesAHoleOfAMessageThatCannotBeReadBehindTheCheckpoint() {
        List<Long> positions = sendMany(10, LARGE);
        fixture.kill();
        failReads(positions.get(4) + MIDDLE, 1);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.messages(0)).isEqualTo(without(10, 4L));
        assertThat(fixture.log.recoveryReport().damagedRecords()).isEqualTo(1);
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.reports.get(0)).contains("cannot be read");
        fixture.send(0, 10);
    }

    @Test
    void isReadOnlyBehindAnUnreadableEntryAndAllIsThereWhenTheDiskGivesItAgain() {
        List<Long> positions = sendMany(10, LARGE);
        fixture.kill();
        failReads(positions.get(4) - 2, 1);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).contains("until an operator accepts it");
        assertThat(fixture.log.recoveryReport().damagedEntries()).isEqualTo(1);
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.reports.get(0)).contains("cannot be read");
        assertThat(fixture.messages(0)).isEqualTo(without(10, 3L, 4L));
        fixture.kill();
        failReads(0, 0);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.messages(0)).isEqualTo(numbers(10));
    }

    @Test
    void whatWasAcceptedAsUnreadableStaysLostThoughTheDiskGivesItAgain() {
        sendMany(3, LARGE);
        fixture.control(7);
        fixture.send(0, 3, LARGE);
        long lost = fixture.log.endPosition();
        fixture.control(9);
        fixture.send(0, 4, LARGE);
        fixture.send(0, 5, LARGE);
        fixture.kill();
        failReads(lost + 1, 1);
        fixture.open();
        assertThat(fixture.state.values()).containsExactly(7L);
        fixture.log.acceptDamage();
        fixture.send(0, 6);
        fixture.kill();
        failReads(0, 0);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.state.values()).containsExactly(7L);
        assertThat(fixture.messages(0)).isEqualTo(without(7, 3L, 4L));
    }

    @Test
    void anUnreadableEndThatWasAcceptedDoesNotComeBackInFrontOfWhatFollowedIt() {
        List<Long> positions = sendMany(10, LARGE);
        fixture.close();
        failReads(positions.get(6) - EntryLayout.HEADER_BYTES, 4 * LARGE + 4096);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNotNull();
        assertThat(fixture.messages(0)).isEqualTo(numbers(5));
        fixture.log.acceptDamage();
        fixture.send(0, 16);
        fixture.send(0, 17);
        fixture.kill();
        failReads(0, 0);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.messages(0))
                .startsWith(0L, 1L, 2L, 3L, 4L)
                .endsWith(16L, 17L)
                .hasSize(7);
        assertThat(fixture.log.queues().maxOffset(0)).isEqualTo(7);
    }

    @Test
    void whatCannotBeReadBehindTheDurableEndIsATornTailThatIsCutAndSaid() {
        List<Long> positions = sendMany(3, LARGE);
        fixture.disk.failForceAfter(0);
        assertThatThrownBy(() -> fixture.send(0, 3, LARGE)).isInstanceOf(LogFailedException.class);
        fixture.kill();
        long tail = positions.get(2) + (positions.get(2) - positions.get(1));
        failReads(tail + MIDDLE, 1);
        fixture.open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(3));
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.log.recoveryReport().tornBytes()).isPositive();
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.reports.get(0)).contains("cannot be read");
        fixture.send(0, 3);
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(4));
    }

    @Test
    void aPassingReadErrorIsNoDamageToAStart() {
        List<Long> positions = sendMany(10, LARGE);
        fixture.kill();
        fixture.disk.failReads(FIRST, positions.get(4) + MIDDLE, positions.get(4) + MIDDLE + 1, 1);
        fixture.open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(10));
        assertThat(fixture.log.damageCount()).isZero();
    }

    @Test
    void saysWhatToDoWithADiskThatGivesNextToNothing() {
        fixture.close();
        fixture.settings = fixture.settings.withSizes(32 << 20, 0, 2048);
        fixture.open();
        sendMany(200, 100_000);
        fixture.close();
        fixture.disk.failReads(FIRST, 1000, Long.MAX_VALUE);
        assertThatThrownBy(fixture::open)
                .hasRootCauseInstanceOf(IOException.class)
                .hasMessageContaining("copy the folder");
    }

    @Test
    void takesAnUnreadableCheckpointForABadOne() {
        sendMany(10, LARGE);
        fixture.checkpoint();
        long older = fixture.log.endPosition();
        fixture.send(0, 10);
        fixture.checkpoint();
        fixture.kill();
        String newest = fixture.disk.paths().stream()
                .filter(path -> path.startsWith("checkpoint-"))
                .reduce((first, second) -> second)
                .orElseThrow();
        fixture.disk.failReads(newest, 70, 71);
        fixture.open();
        assertThat(fixture.log.recoveryReport().checkpointPosition()).isEqualTo(older);
        assertThat(fixture.log.recoveryReport().refusedCheckpoints()).isEqualTo(1);
        assertThat(fixture.messages(0)).isEqualTo(numbers(11));
    }

    @Test
    void findsTheEndWithoutADurableFileThatCanBeRead() {
        sendMany(10, LARGE);
        fixture.kill();
        fixture.disk.failReads("durable", 0, 8192);
        fixture.open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(10));
        assertThat(fixture.log.readOnlyReason()).isNull();
    }

    @Test
    void dumpsWhatLiesAroundAnUnreadablePlace() throws IOException {
        List<Long> positions = sendMany(4, LARGE);
        fixture.kill();
        failReads(positions.get(2) - 2, 1);
        List<String> seen = new ArrayList<>();
        try (LogDump dump = LogDump.open(fixture.disk.root())) {
            dump.visit(0, new SeenInDump(seen));
        }
        assertThat(seen).containsExactly("entry 0", "message 0", "damaged", "entry 3", "message 3");
    }

    @Test
    void aSegmentThatCouldNotBeDeletedIsToldOnceAndDeletedLater() {
        fixture.close();
        fixture.settings = fixture.settings.withSizes(16 * 1024, 0, 2048);
        fixture.open();
        sendMany(60, 1000);
        fixture.checkpoint();
        fixture.send(0, 60, 1000);
        fixture.checkpoint();
        fixture.clock.advance(61_000);
        long position = fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE);
        fixture.trim(position);
        fixture.disk.failDeletes(2);
        fixture.maintain();
        assertThat(fixture.failed).isFalse();
        assertThat(fixture.reports).containsExactly("not deleted " + Segment.name(0));
        fixture.send(0, 61);
        for (int i = 0; i < 3; i++) {
            fixture.clock.advance(10_000);
            fixture.maintain();
        }
        assertThat(fixture.reports)
                .filteredOn(report -> report.startsWith("not deleted"))
                .hasSize(1);
        assertThat(fixture.disk.paths()).doesNotContain(FIRST).contains("log/" + Segment.name(position));
    }

    private void openWithScrub() {
        fixture.close();
        fixture.settings = fixture.settings.withReading(1024 * 1024, 1024);
        fixture.open();
    }

    private void scrubAll() {
        for (int i = 0; i < 10; i++) {
            fixture.clock.advance(15_000);
            fixture.log.maintain();
        }
    }

    private void failReads(long from, long bytes) {
        fixture.disk.failReads(FIRST, from, from + bytes);
    }

    private List<Long> sendMany(int count, int bodyBytes) {
        List<Long> positions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            positions.add(fixture.send(0, i, bodyBytes));
        }
        return positions;
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private static List<Long> without(int count, Long... missing) {
        List<Long> left = new ArrayList<>(numbers(count));
        left.removeAll(List.of(missing));
        return left;
    }
}
