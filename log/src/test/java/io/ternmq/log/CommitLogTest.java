package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.storage.DirectoryLockedException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CommitLogTest {
    private final LogFixture fixture = new LogFixture(1).open();

    @Test
    void readsWhatWasSentInTheOrderOfEachQueue() {
        fixture.send(0, 1);
        fixture.send(1, 2);
        fixture.send(0, 3);
        assertThat(fixture.messages(0)).containsExactly(1L, 3L);
        assertThat(fixture.messages(1)).containsExactly(2L);
    }

    @Test
    void showsNothingBeforeItIsPublished() {
        fixture.log.beginBatch(fixture.clock.time());
        fixture.log.beginCommand();
        fixture.append(0, 1, 8);
        fixture.log.endCommand();
        long end = fixture.log.write();
        assertThat(fixture.messages(0)).isEmpty();
        fixture.log.force();
        fixture.log.publish(end);
        assertThat(fixture.messages(0)).containsExactly(1L);
    }

    @Test
    void hasEverythingForcedAfterAKill() {
        sendMany(100);
        fixture.control(5);
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(100));
        assertThat(fixture.state.values()).containsExactly(5L);
        assertThat(fixture.log.recoveryReport().replayedBytes()).isEqualTo(fixture.log.committedPosition());
    }

    @Test
    void replaysOnlyWhatLiesBehindACheckpoint() {
        sendMany(100);
        fixture.control(5);
        assertThat(fixture.checkpoint()).isTrue();
        long position = fixture.log.endPosition();
        fixture.send(0, 100);
        fixture.control(6);
        fixture.kill().open();
        assertThat(fixture.log.recoveryReport().checkpointPosition()).isEqualTo(position);
        assertThat(fixture.log.recoveryReport().indexRebuilt()).isFalse();
        assertThat(fixture.messages(0)).isEqualTo(numbers(101));
        assertThat(fixture.state.values()).containsExactly(5L, 6L);
    }

    @Test
    void rebuildsAnIndexWhoseFilesAreGone() {
        sendMany(100);
        fixture.checkpoint();
        fixture.send(0, 100);
        fixture.close();
        fixture.disk.paths().stream().filter(path -> path.startsWith("index/")).forEach(fixture.disk::lose);
        fixture.open();
        assertThat(fixture.log.recoveryReport().indexRebuilt()).isTrue();
        assertThat(fixture.messages(0)).isEqualTo(numbers(101));
    }

    @Test
    void rollsSegmentsAndReadsAcrossThem() {
        for (long i = 0; i < 100; i++) {
            fixture.send(0, i, 1000);
            fixture.maintain();
        }
        assertThat(segmentPaths()).hasSizeGreaterThan(5);
        assertThat(fixture.messages(0)).isEqualTo(numbers(100));
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(numbers(100));
    }

    @Test
    void deletesOldSegmentsOnlyBehindTwoCheckpoints() {
        for (long i = 0; i < 60; i++) {
            fixture.send(0, i, 1000);
        }
        fixture.checkpoint();
        fixture.clock.advance(61_000);
        assertThat(fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE))
                .isZero();
        fixture.send(0, 60, 1000);
        fixture.checkpoint();
        fixture.clock.advance(61_000);
        long position = fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE);
        assertThat(position).isPositive();
        fixture.trim(position);
        fixture.maintain();
        assertThat(segmentPaths().get(0)).isEqualTo("log/" + Segment.name(position));
        assertThat(fixture.log.startPosition()).isEqualTo(position);
        List<Long> left = fixture.messages(0);
        assertThat(left).isNotEmpty().doesNotContain(0L).contains(60L);
        fixture.kill().open();
        assertThat(fixture.messages(0)).isEqualTo(left);
        assertThat(fixture.log.startPosition()).isEqualTo(position);
    }

    @Test
    void findsMessagesByPositionTimeAndKey() throws Exception {
        long first = fixture.send(0, 1);
        fixture.clock.advance(10);
        long second = fixture.send(0, 2);
        ReadScratch scratch = new ReadScratch();
        assertThat(fixture.log.reader().readAt(second, (b, i, l, offset) -> offset == 1, scratch))
                .isTrue();
        assertThat(fixture.log.reader().readAt(second + 1, (b, i, l, offset) -> true, scratch))
                .isFalse();
        long nowMs = fixture.clock.time();
        assertThat(fixture.log.reader().offsetOfTime(0, nowMs, scratch)).isEqualTo(1);
        assertThat(fixture.log.reader().offsetOfTime(0, nowMs - 10, scratch)).isZero();
        assertThat(fixture.log.reader().offsetOfTime(0, nowMs + 1, scratch)).isEqualTo(2);
        var found = new org.agrona.collections.LongArrayList();
        fixture.log.keys().find(1, 0, nowMs, 10, found);
        assertThat(found).containsExactly(first);
    }

    @Test
    void refusesWhatDoesNotFitOnTheDiskAndTakesItWhenThereIsRoom() {
        fixture.close();
        fixture.settings = fixture.settings.withSpace(new LogSettings.Retain(60_000, Long.MAX_VALUE), 32L << 20);
        fixture.open();
        fixture.send(0, 0, 1000);
        fixture.maintain();
        fixture.disk.capacity(fixture.disk.usedBytes() + (32L << 20) + 100 * 1024);
        int sent = 1;
        while (sent < 1000 && fixture.log.hasRoom(1200, false)) {
            fixture.send(0, sent, 1000);
            fixture.maintain();
            fixture.clock.advance(1000);
            sent++;
        }
        assertThat(sent).isBetween(5, 200);
        assertThat(fixture.reports).contains("full true");
        assertThat(fixture.log.hasRoom(1200, true)).isTrue();
        assertThat(fixture.messages(0)).isEqualTo(numbers(sent));
        fixture.disk.capacity(Long.MAX_VALUE / 2);
        fixture.clock.advance(1000);
        fixture.maintain();
        assertThat(fixture.log.hasRoom(1200, false)).isTrue();
        assertThat(fixture.reports).contains("full false");
    }

    @Test
    void stopsAtAFailedForceAndNeverRetries() {
        fixture.send(0, 1);
        fixture.disk.failForceAfter(0);
        assertThatThrownBy(() -> fixture.send(0, 2)).isInstanceOf(LogFailedException.class);
        assertThatThrownBy(() -> fixture.send(0, 3)).isInstanceOf(LogFailedException.class);
        fixture.kill().open();
        assertThat(fixture.messages(0)).startsWith(1L).doesNotContain(3L);
    }

    @Test
    void namesTheLock() {
        assertThatThrownBy(() -> CommitLog.open(
                        fixture.disk.root(), fixture.settings, new TestState(), fixture.clock, LogListener.SILENT))
                .isInstanceOf(DirectoryLockedException.class);
    }

    private void sendMany(int count) {
        for (long i = 0; i < count; i++) {
            fixture.send(0, i);
        }
    }

    private static List<Long> numbers(int count) {
        return LongStream.range(0, count).boxed().toList();
    }

    private List<String> segmentPaths() {
        return fixture.disk.paths().stream()
                .filter(path -> path.startsWith("log/") && path.endsWith(".log"))
                .toList();
    }
}
