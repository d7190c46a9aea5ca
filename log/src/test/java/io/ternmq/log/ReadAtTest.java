package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.LogReader.Reading;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Reads by a position that somebody names: what is given is whole, every bit of it. */
class ReadAtTest {
    private static final String FIRST = "log/" + Segment.name(0);
    private static final int QUEUE = 3;

    private final LogFixture fixture = new LogFixture(1);
    private final ReadScratch scratch = new ReadScratch();
    private final List<Long> positions = new ArrayList<>();

    ReadAtTest() {
        fixture.settings = fixture.settings.withSizes(4 << 20, 0, 256 * 1024);
        fixture.open();
    }

    @Test
    void findsEachMessageOfEntriesOfAnySize() {
        for (int count : new int[] {1, 2, 50, 800}) {
            batch(count, 100);
        }
        batch(1, 90_000);
        fixture.control(1);
        batch(7, 10);
        fixture.kill().open();
        for (int i = 0; i < positions.size(); i++) {
            assertThat(number(positions.get(i))).isEqualTo(i);
        }
        assertThat(fixture.log.damageCount()).isZero();
    }

    @Test
    void aFlippedBitAnywhereInARecordIsSeenWhicheverWayItIsRead() {
        batch(40, 300);
        long position = positions.get(17);
        long bytes = positions.get(18) - position;
        for (long at = 0; at < bytes; at++) {
            fixture.disk.flipBit(FIRST, position + at, (int) (at % 8));
            assertThat(read(position)).as("bit at %d", at).isNotEqualTo(Reading.READ);
            assertThat(readOfQueue(position)).as("bit at %d", at).isNotEqualTo(Reading.READ);
            fixture.disk.flipBit(FIRST, position + at, (int) (at % 8));
        }
        assertThat(read(position)).isEqualTo(Reading.READ);
        assertThat(readOfQueue(position)).isEqualTo(Reading.READ);
    }

    @Test
    void whatFailsItsChecksumIsCountedOnceAndReported() {
        batch(3, 300);
        long position = positions.get(1);
        fixture.disk.flipBit(FIRST, position + MessageRecordLayout.FLAG, 0);
        assertThat(read(position)).isEqualTo(Reading.DAMAGED);
        assertThat(readOfQueue(position)).isEqualTo(Reading.DAMAGED);
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.reports.get(0)).contains("damaged " + position + "+");
        assertThat(read(positions.get(2))).isEqualTo(Reading.READ);
    }

    @Test
    void aMessageWhoseEntryIsDamagedIsGivenByItsQueueOnly() {
        batch(1, 300);
        batch(2, 300);
        fixture.disk.flipBit(FIRST, positions.get(1) - EntryLayout.HEADER_BYTES + EntryLayout.TIME, 3);
        assertThat(read(positions.get(2))).isEqualTo(Reading.DAMAGED);
        assertThat(readOfQueue(positions.get(2))).isEqualTo(Reading.READ);
        assertThat(fixture.log.damageCount()).isEqualTo(1);
    }

    @Test
    void bytesThatLookLikeARecordInsideOfABodyAreNoMessage() {
        byte[] forged = new byte[fixture.records.make(5, 100).length()];
        fixture.records.buffer().getBytes(0, forged);
        fixture.records.make(9, 2000);
        int at = new MessageRecord()
                        .wrap(fixture.records.buffer(), 0, fixture.records.length())
                        .bodyIndex()
                + 100;
        long outer = fixture.log.endPosition() + EntryLayout.HEADER_BYTES;
        new UnsafeBuffer(forged).putLong(MessageRecordLayout.PHYSICAL_OFFSET, outer + at, BIG_ENDIAN);
        fixture.records.buffer().putBytes(at, forged);
        fixture.log.beginBatch(fixture.clock.time());
        fixture.log.beginCommand();
        assertThat(fixture.log.appendMessage(
                        fixture.records.buffer(), 0, fixture.records.length(), QUEUE, 9, new long[] {9}, 1))
                .isEqualTo(outer);
        fixture.log.endCommand();
        fixture.commit();
        assertThat(read(outer)).isEqualTo(Reading.READ);
        assertThat(read(outer + at)).isEqualTo(Reading.NONE);
        assertThat(readOfQueue(outer + at)).isEqualTo(Reading.NONE);
        assertThat(fixture.log.damageCount()).isZero();
    }

    @Test
    void takesNoPositionOnTrust() {
        batch(200, 100);
        fixture.control(1);
        batch(20, 1000);
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            long position = random.nextLong(fixture.log.endPosition() + 1_000) - 100;
            boolean known = positions.contains(position);
            assertThat(read(position)).isEqualTo(known ? Reading.READ : Reading.NONE);
            assertThat(readOfQueue(position)).isEqualTo(known ? Reading.READ : Reading.NONE);
        }
        assertThat(fixture.log.damageCount()).isZero();
    }

    @Test
    void findsAMovedMessageAtBothItsPlaces() {
        batch(5, 100);
        fixture.move(QUEUE, 2);
        long moved = fixture.log.endPosition();
        IndexedPosition at = new IndexedPosition();
        assertThat(at.of(2)).isBetween(positions.get(4), moved);
        assertThat(read(at.of(2))).isEqualTo(Reading.READ);
        assertThat(readOfQueue(at.of(2))).isEqualTo(Reading.READ);
        assertThat(readOfQueue(positions.get(2))).isEqualTo(Reading.READ);
        fixture.disk.flipBit(FIRST, positions.get(2) + MessageRecordLayout.FLAG, 0);
        assertThat(readOfQueue(positions.get(2))).isEqualTo(Reading.DAMAGED);
    }

    private final class IndexedPosition {
        private final IndexEntries entries = new IndexEntries(1);

        long of(long offset) {
            assertThat(fixture.log.queues().copy(QUEUE, offset, 1, entries)).isEqualTo(1);
            return entries.position(0);
        }
    }

    private void batch(int count, int bodyBytes) {
        fixture.log.beginBatch(fixture.clock.time());
        fixture.log.beginCommand();
        for (int i = 0; i < count; i++) {
            positions.add(fixture.append(QUEUE, positions.size(), bodyBytes));
        }
        fixture.log.endCommand();
        fixture.commit();
    }

    private Reading read(long position) {
        return fixture.log.reader().tryReadAt(position, (buffer, index, length, offset) -> true, scratch);
    }

    private Reading readOfQueue(long position) {
        return fixture.log.reader().tryReadAt(QUEUE, position, (buffer, index, length, offset) -> true, scratch);
    }

    private long number(long position) {
        long[] found = {-1};
        boolean read = fixture.log
                .reader()
                .readAt(
                        position,
                        (buffer, index, length, offset) -> {
                            MessageRecord record = new MessageRecord().wrap(buffer, index, length);
                            assertThat(record.position()).isEqualTo(position);
                            assertThat(record.queueOffset()).isEqualTo(offset);
                            found[0] = TestRecords.number(buffer, index, length);
                            return true;
                        },
                        scratch);
        assertThat(read).isTrue();
        return found[0];
    }
}
