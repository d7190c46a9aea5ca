package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.MutableLong;
import org.junit.jupiter.api.Test;

/** Messages that outlive their segment: same queue, same offset, new position. */
class MoveTest {
    private static final int COUNT = 40;
    private final LogFixture fixture = new LogFixture(1).open();
    private final ReadScratch scratch = new ReadScratch();

    /** Two segments' worth in queue 0, of which retention wants the first, and one message behind. */
    private long old() {
        for (long i = 0; i < COUNT; i++) {
            fixture.send(0, i, 1000);
        }
        fixture.checkpoint();
        fixture.send(1, 77);
        fixture.checkpoint();
        fixture.clock.advance(61_000);
        fixture.send(0, COUNT, 1000);
        long position = fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE);
        assertThat(position).isPositive();
        return position;
    }

    private List<Long> moveAndTrim() {
        long position = old();
        fixture.move(0, 3, 5);
        fixture.trim(position);
        fixture.maintain();
        List<Long> left = fixture.messages(0);
        assertThat(left).startsWith(3L, 5L).endsWith((long) COUNT).doesNotContain(0L, 4L);
        return left;
    }

    @Test
    void whatWasMovedOutlivesItsSegment() {
        List<Long> left = moveAndTrim();
        fixture.kill().open();
        assertThat(fixture.log.recoveryReport().indexRebuilt()).isFalse();
        assertThat(fixture.messages(0)).isEqualTo(left);
        fixture.checkpoint();
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(left);
    }

    @Test
    void anIndexThatIsMadeAnewKnowsWhereMovedMessagesAre() {
        List<Long> left = moveAndTrim();
        fixture.close();
        fixture.disk.paths().stream().filter(path -> path.startsWith("index/")).forEach(fixture.disk::lose);
        fixture.open();
        assertThat(fixture.log.recoveryReport().indexRebuilt()).isTrue();
        assertThat(fixture.messages(0)).isEqualTo(left);
        assertThat(fixture.log.queues().maxOffset(0)).isEqualTo(COUNT + 1);
        fixture.send(0, 99);
        assertThat(fixture.messages(0)).endsWith(99L);
    }

    @Test
    void aMoveThatNeverReachedTheDiskLeavesTheMessageWhereItWas() {
        old();
        List<Long> before = fixture.messages(0);
        fixture.log.beginBatch(fixture.clock.time());
        fixture.log.beginCommand();
        fixture.log
                .reader()
                .read(
                        0,
                        3,
                        new ReadLimits(1, 1, 1),
                        TagFilter.ALL,
                        (buffer, index, length, at) -> fixture.log.appendMoved(buffer, index, length, 0, 3, 3) > 0,
                        scratch);
        fixture.log.endCommand();
        fixture.log.write();
        fixture.log.workOnCheckpoint(fixture.clock.time());
        assertThat(fixture.log.movesSettled()).isFalse();
        fixture.crash().open();
        assertThat(fixture.messages(0)).isEqualTo(before);
    }

    @Test
    void aMovedMessageKeepsAllButItsPositionAndIsFoundByKeyAndTime() throws IOException {
        long storedMs = fixture.clock.time();
        moveAndTrim();
        LongArrayList found = new LongArrayList();
        fixture.log.keys().find(3, 0, Long.MAX_VALUE, 10, found);
        assertThat(found).hasSize(1);
        MutableLong storeTimeMs = new MutableLong();
        assertThat(fixture.log
                        .reader()
                        .readAt(
                                found.getLong(0),
                                (buffer, index, length, offset) -> {
                                    storeTimeMs.set(new io.ternmq.protocol.message.MessageRecord()
                                            .wrap(buffer, index, length)
                                            .storeTimestamp());
                                    return offset == 3;
                                },
                                scratch))
                .isTrue();
        assertThat(storeTimeMs.get()).isEqualTo(storedMs);
        assertThat(fixture.log.reader().offsetOfTime(0, storedMs, scratch)).isLessThanOrEqualTo(3);
        assertThat(fixture.log.reader().offsetOfTime(0, storedMs + 1, scratch)).isEqualTo(COUNT);
    }

    @Test
    void aMovedMessageIsMovedAgain() {
        long position = old();
        fixture.move(0, 3, 5);
        fixture.trim(position);
        for (int round = 0; round < 5; round++) {
            for (long i = 0; i < 30; i++) {
                fixture.send(1, i, 1000);
            }
            fixture.checkpoint();
            fixture.send(1, 77);
            fixture.checkpoint();
            fixture.clock.advance(61_000);
            fixture.send(1, 77);
            long next = fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE);
            fixture.move(0, 3);
            fixture.trim(next);
            fixture.maintain();
        }
        assertThat(fixture.messages(0)).containsExactly(3L);
        assertThat(fixture.log.queues().maxOffset(0)).isEqualTo(COUNT + 1);
        fixture.close();
        fixture.disk.paths().stream().filter(path -> path.startsWith("index/")).forEach(fixture.disk::lose);
        fixture.open();
        assertThat(fixture.messages(0)).containsExactly(3L);
        assertThat(fixture.log.queues().nextOffset(0)).isEqualTo(COUNT + 1);
    }

    @Test
    void aReaderWhoMeetsTheMomentOfTheTrimSeesWhatWasMovedAllTheSame() {
        long position = old();
        List<Long> found = new ArrayList<>();
        ReadResult result = fixture.log
                .reader()
                .read(
                        0,
                        0,
                        new ReadLimits(100, 1 << 20, 100),
                        TagFilter.ALL,
                        (buffer, index, length, offset) -> {
                            if (found.isEmpty()) {
                                fixture.move(0, 20, 22);
                                fixture.trim(position);
                                fixture.maintain();
                            }
                            return found.add(TestRecords.number(buffer, index, length));
                        },
                        scratch);
        assertThat(found).startsWith(0L).contains(20L, 22L, (long) COUNT).isSorted();
        assertThat(found).doesNotContain(21L).doesNotHaveDuplicates();
        assertThat(result.damagedCount()).isZero();
        assertThat(result.nextOffset()).isEqualTo(COUNT + 1);
    }
}
