package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.storage.FaultyDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A log on a {@link FaultyDisk} that does its background work when told, with a clock that the test turns. */
final class LogFixture {
    private static final long LOG_ID = 4711;
    private static final long BEGIN_MS = 1_700_000_000_000L;

    final FaultyDisk disk;
    final CachedEpochClock clock = new CachedEpochClock();
    final List<String> reports = new ArrayList<>();
    final TestRecords records = new TestRecords();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[Long.BYTES]);
    private final ReadScratch scratch = new ReadScratch();
    private final LogListener listener = new LogListener() {
        @Override
        public void damaged(long position, long bytes, String reason) {
            reports.add("damaged " + position + "+" + bytes + ": " + reason);
        }

        @Override
        public void segmentDeleted(String name) {
            reports.add("deleted " + name);
        }

        @Override
        public void segmentNotDeleted(String name, Throwable cause) {
            reports.add("not deleted " + name);
        }

        @Override
        public void checkpointFailed(Throwable cause) {
            reports.add("checkpoint failed: " + cause);
        }

        @Override
        public void failed(Throwable cause) {
            failed = true;
        }

        @Override
        public void diskFull(boolean full) {
            reports.add("full " + full);
        }
    };
    LogSettings settings = LogSettings.defaults()
            .withoutBackgroundThread(LOG_ID)
            .withSizes(16 * 1024, 8 * 1024, 2 * 1024)
            .withSpace(new LogSettings.Retain(60_000, Long.MAX_VALUE), 0)
            .withReading(0, 1024)
            .withKeyRunEntries(255);
    TestState state = new TestState();
    CommitLog log;
    boolean failed;

    LogFixture(long seed) {
        disk = new FaultyDisk(seed);
        clock.update(BEGIN_MS);
    }

    LogFixture open() {
        state = new TestState();
        failed = false;
        try {
            log = CommitLog.open(disk.root(), settings, state, clock, listener);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    LogFixture close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        disk.kill();
        return this;
    }

    LogFixture kill() {
        disk.kill();
        return this;
    }

    LogFixture crash() {
        disk.crash();
        return this;
    }

    /** Appends, forces and publishes one message. */
    long send(int queueNo, long number) {
        return send(queueNo, number, Long.BYTES);
    }

    long send(int queueNo, long number, int bodyBytes) {
        log.beginBatch(clock.time());
        log.beginCommand();
        long position = append(queueNo, number, bodyBytes);
        log.endCommand();
        commit();
        return position;
    }

    long append(int queueNo, long number, int bodyBytes) {
        records.make(number, bodyBytes);
        return log.appendMessage(records.buffer(), 0, records.length(), queueNo, (int) number, new long[] {number}, 1);
    }

    /** Moves messages of a queue to the log's head; what is left of them before may then be trimmed. */
    void move(int queueNo, long... offsets) {
        log.beginBatch(clock.time());
        for (long offset : offsets) {
            log.beginCommand();
            moveOne(queueNo, offset);
            log.endCommand();
        }
        commit();
        log.workOnCheckpoint(clock.time());
        assertThat(log.movesSettled()).isTrue();
    }

    private void moveOne(int queueNo, long offset) {
        ReadLimits one = new ReadLimits(1, 1, 1);
        ReadResult result = log.reader()
                .read(
                        queueNo,
                        offset,
                        one,
                        TagFilter.ALL,
                        (buffer, index, length, at) -> {
                            long number = TestRecords.number(buffer, index, length);
                            log.appendMoved(buffer, index, length, queueNo, (int) number, number);
                            return true;
                        },
                        scratch);
        assertThat(result.count()).isEqualTo(1);
    }

    void control(long value) {
        log.beginBatch(clock.time());
        log.beginCommand();
        long unused = appendControl(TestState.KIND, value);
        log.endCommand();
        commit();
    }

    long appendControl(int kind, long value) {
        payload.putLong(0, value, BIG_ENDIAN);
        long position = log.appendControl(kind, payload, 0, Long.BYTES);
        if (kind == TestState.KIND) {
            state.add(value);
        } else {
            log.trim(value);
        }
        return position;
    }

    void trim(long position) {
        log.beginBatch(clock.time());
        log.beginCommand();
        long unused = appendControl(TestState.TRIM_KIND, position);
        log.endCommand();
        commit();
    }

    void commit() {
        long end = log.write();
        log.force();
        log.publish(end);
    }

    void maintain() {
        for (int i = 0; i < 100 && log.maintain(); i++) {
            clock.advance(1);
        }
    }

    boolean checkpoint() {
        return log.checkpointNow(clock.time());
    }

    /** @return the numbers of all messages of the queue, in order; damaged ones are left out */
    List<Long> messages(int queueNo) {
        List<Long> numbers = new ArrayList<>();
        long offset = log.queues().minOffset(queueNo);
        ReadResult result;
        do {
            result = log.reader()
                    .read(
                            queueNo,
                            offset,
                            new ReadLimits(7, 64 * 1024, 100),
                            TagFilter.ALL,
                            (buffer, index, length, at) -> numbers.add(TestRecords.number(buffer, index, length)),
                            scratch);
            offset = result.nextOffset();
        } while (result.end() == ReadResult.End.LIMIT);
        return numbers;
    }
}
