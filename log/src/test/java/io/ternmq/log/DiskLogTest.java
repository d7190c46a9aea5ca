package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.log.storage.DirectoryLockedException;
import io.ternmq.log.storage.DiskDirectory;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the real disk, with the log's own thread at work. */
class DiskLogTest {
    private static final int COUNT = 20_000;

    private final TestRecords records = new TestRecords();
    private final LogSettings settings = LogSettings.defaults()
            .withSizes(1024 * 1024, 256 * 1024, 16 * 1024)
            .withCheckpoint(new LogSettings.CheckpointEvery(512 * 1024, 60_000))
            .withSpace(new LogSettings.Retain(60_000, Long.MAX_VALUE), 0);

    @TempDir
    Path folder;

    private CommitLog open() throws IOException {
        return CommitLog.open(
                DiskDirectory.open(folder), settings, new TestState(), SystemEpochClock.INSTANCE, LogListener.SILENT);
    }

    private void write(CommitLog log, int from, int to) {
        for (int i = from; i < to; i += 10) {
            log.beginBatch(SystemEpochClock.INSTANCE.time());
            for (int j = i; j < i + 10; j++) {
                log.beginCommand();
                records.make(j, 100);
                log.appendMessage(records.buffer(), 0, records.length(), j % 4, 0, new long[] {j + 1}, 1);
                log.endCommand();
            }
            long end = log.write();
            log.publish(end);
            log.workOnCheckpoint(SystemEpochClock.INSTANCE.time());
        }
    }

    private static int count(CommitLog log) {
        int[] count = new int[1];
        try (ReadScratch scratch = new ReadScratch()) {
            for (int queueNo = 0; queueNo < 4; queueNo++) {
                int queue = queueNo;
                log.reader()
                        .read(
                                queueNo,
                                0,
                                new ReadLimits(COUNT, Integer.MAX_VALUE, COUNT),
                                TagFilter.ALL,
                                (buffer, index, length, offset) -> {
                                    long number = TestRecords.number(buffer, index, length);
                                    assertThat(number).isEqualTo(offset * 4 + queue);
                                    return ++count[0] > 0;
                                },
                                scratch);
            }
        }
        return count[0];
    }

    @Test
    void keepsEverythingOverCleanStopsWhileTheThreadFillsForcesAndWritesCheckpoints() throws IOException {
        try (CommitLog log = open()) {
            write(log, 0, COUNT / 2);
            log.forceInBackground();
            long end = log.endPosition();
            await().until(() -> log.durablePosition() >= end);
        }
        try (CommitLog log = open()) {
            assertThat(count(log)).isEqualTo(COUNT / 2);
            assertThat(log.recoveryReport().checkpointPosition()).isPositive();
            write(log, COUNT / 2, COUNT);
            log.force();
            assertThat(log.checkpointNow(SystemEpochClock.INSTANCE.time())).isTrue();
        }
        try (CommitLog log = open()) {
            assertThat(log.recoveryReport().replayedBytes()).isZero();
            assertThat(count(log)).isEqualTo(COUNT);
            assertThat(log.damageCount()).isZero();
        }
    }

    @Test
    void namesTheProcessThatHasTheFolder() throws IOException {
        try (CommitLog log = open()) {
            assertThat(log.endPosition()).isZero();
            assertThatThrownBy(this::open)
                    .isInstanceOf(DirectoryLockedException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }
}
