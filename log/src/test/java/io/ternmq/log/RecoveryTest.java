package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final String FIRST = "log/" + Segment.name(0);

    private final LogFixture fixture = new LogFixture(1).open();

    @Test
    void makesAHoleOfADamagedMessageAndKeepsAllOthers() {
        List<Long> positions = sendMany(10);
        fixture.kill();
        fixture.disk.flipBit(FIRST, positions.get(4) + 90, 3);
        fixture.open();
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L);
        assertThat(fixture.log.recoveryReport().damagedRecords()).isEqualTo(1);
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.log.queues().maxOffset(0)).isEqualTo(10);
    }

    @Test
    void isReadOnlyBehindDamageThatMayHideControlRecordsUntilItIsAccepted() {
        List<Long> positions = sendMany(10);
        fixture.kill();
        long header = positions.get(4) - EntryLayout.HEADER_BYTES;
        fixture.disk.flipBit(FIRST, header + EntryLayout.TIME, 0);
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).contains("until an operator accepts it");
        assertThat(fixture.log.recoveryReport().damagedEntries()).isEqualTo(1);
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L);
        fixture.log.acceptDamage();
        fixture.send(0, 10);
        fixture.kill().open();
        assertThat(fixture.log.readOnlyReason()).isNull();
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void goesOnBehindALostEndOfTheLog() {
        List<Long> positions = sendMany(10);
        fixture.close();
        for (long at = positions.get(8); at < fixture.disk.size(FIRST); at += 20) {
            fixture.disk.flipBit(FIRST, at, 1);
        }
        fixture.open();
        assertThat(fixture.log.readOnlyReason()).isNotNull();
        assertThat(fixture.messages(0)).isEqualTo(LongStream.range(0, 8).boxed().toList());
        fixture.log.acceptDamage();
        fixture.send(0, 11);
        fixture.kill().open();
        assertThat(fixture.messages(0)).startsWith(0L).endsWith(11L).hasSize(9);
    }

    @Test
    void fallsBackToTheOlderCheckpointAndThenToTheWholeLog() {
        sendMany(10);
        fixture.control(1);
        fixture.checkpoint();
        long older = fixture.log.endPosition();
        fixture.send(0, 10);
        fixture.checkpoint();
        fixture.kill();
        List<String> checkpoints = fixture.disk.paths().stream()
                .filter(path -> path.startsWith("checkpoint-"))
                .toList();
        assertThat(checkpoints).hasSize(2);
        fixture.disk.flipBit(checkpoints.get(1), 70, 2);
        fixture.open();
        assertThat(fixture.log.recoveryReport().checkpointPosition()).isEqualTo(older);
        assertThat(fixture.log.recoveryReport().refusedCheckpoints()).isEqualTo(1);
        fixture.kill();
        fixture.disk.flipBit(checkpoints.get(0), 70, 2);
        fixture.open();
        assertThat(fixture.log.recoveryReport().checkpointPosition()).isZero();
        assertThat(fixture.messages(0)).hasSize(11);
        assertThat(fixture.state.values()).containsExactly(1L);
    }

    @Test
    void refusesALogWithoutBeginningAndCheckpoint() {
        for (long i = 0; i < 40; i++) {
            fixture.send(0, i, 1000);
        }
        fixture.close();
        fixture.disk.lose(FIRST);
        assertThatThrownBy(fixture::open)
                .isInstanceOf(LogRefusedException.class)
                .hasMessageContaining("checkpoint");
    }

    @Test
    void refusesToBeginAnewWhereALogIsKnownToHaveBeen() {
        sendMany(3);
        fixture.close();
        fixture.disk.lose(FIRST);
        assertThatThrownBy(fixture::open).isInstanceOf(LogRefusedException.class);
    }

    @Test
    void refusesAKindItDoesNotKnow() {
        fixture.log.beginBatch(fixture.clock.time());
        fixture.log.beginCommand();
        fixture.log.appendControl(99, fixture.records.buffer(), 0, 8);
        fixture.log.endCommand();
        fixture.commit();
        fixture.kill();
        assertThatThrownBy(fixture::open)
                .isInstanceOf(UnknownRecordKindException.class)
                .hasMessageContaining("99");
    }

    @Test
    void tellsDamageFromATornTailWhenTheDurableFileIsMissing() {
        List<Long> positions = sendMany(5);
        fixture.kill();
        fixture.disk.lose("durable");
        fixture.disk.flipBit(FIRST, positions.get(2) + 90, 3);
        fixture.open();
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 3L, 4L);
    }

    @Test
    void dumpsEntriesRecordsAndDamage() throws Exception {
        List<Long> positions = sendMany(3);
        fixture.control(7);
        fixture.kill();
        fixture.disk.flipBit(FIRST, positions.get(1) - EntryLayout.HEADER_BYTES + EntryLayout.TIME, 0);
        List<String> seen = new ArrayList<>();
        try (LogDump dump = LogDump.open(fixture.disk.root())) {
            dump.visit(0, new SeenInDump(seen));
        }
        assertThat(seen)
                .containsExactly("entry 0", "message 0", "damaged", "entry 2", "message 2", "entry 3", "control 7");
    }

    @Test
    void takesZerosFilledAheadForNoTornTail() {
        fixture.close();
        fixture.settings = fixture.settings.withSizes(4 << 20, 3 << 20, 2048);
        fixture.open();
        sendMany(3);
        fixture.maintain();
        fixture.kill().open();
        assertThat(fixture.log.recoveryReport().tornBytes()).isZero();
    }

    @Test
    void cutsATornTailAndSaysHowLongItWas() {
        List<Long> positions = sendMany(3);
        fixture.disk.failForceAfter(0);
        assertThatThrownBy(() -> fixture.send(0, 3)).isInstanceOf(LogFailedException.class);
        fixture.kill();
        long tail = positions.get(2) + (positions.get(2) - positions.get(1));
        fixture.disk.flipBit(FIRST, tail, 3);
        fixture.open();
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 2L);
        assertThat(fixture.log.recoveryReport().tornBytes()).isPositive();
        fixture.send(0, 4);
        fixture.kill().open();
        assertThat(fixture.messages(0)).containsExactly(0L, 1L, 2L, 4L);
        assertThat(fixture.log.recoveryReport().tornBytes()).isZero();
    }

    @Test
    void scrubsAndReportsDamageOnce() {
        fixture.close();
        fixture.settings = fixture.settings.withReading(1024 * 1024, 1024);
        fixture.open();
        List<Long> positions = sendMany(5);
        fixture.disk.flipBit(FIRST, positions.get(2) + 90, 3);
        fixture.clock.advance(10_000);
        fixture.log.maintain();
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.messages(0)).hasSize(4);
        assertThat(fixture.reports).hasSize(1);
        assertThat(fixture.log.damageCount()).isEqualTo(1);
    }

    private List<Long> sendMany(int count) {
        List<Long> positions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            positions.add(fixture.send(0, i));
        }
        return positions;
    }
}
