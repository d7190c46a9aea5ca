package io.ternmq.bench.engine;

import io.ternmq.log.CommitLog;
import io.ternmq.log.LogListener;
import io.ternmq.log.LogSettings;
import io.ternmq.log.LogState;
import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageRecordEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A log that is written as the shard writes it without waiting for the disk: encode, append, one key each, write and
 * publish a batch, let the background force. One thread.
 */
final class AppendingLog implements AutoCloseable {
    private static final int BATCH_COUNT = 64;
    private static final long FORCE_EVERY_BYTES = 64L << 20;
    private static final int RECORD_BYTES_MAX = 64 << 10;
    private static final long KEY_SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final CommitLog log;
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final MessageFields fields = new MessageFields();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RECORD_BYTES_MAX]);
    private final long[] keys = new long[1];
    private long messageCount;
    private long forcedPosition;

    private AppendingLog(CommitLog log, int bodyBytes) {
        this.log = log;
        byte[] body = new byte[bodyBytes];
        new SplittableRandom(bodyBytes).nextBytes(body);
        HostAddress host = HostAddress.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10_911));
        fields.bornHost(host).storeHost(host);
        fields.topic("bench".getBytes(StandardCharsets.US_ASCII)).body(new UnsafeBuffer(body), 0, bodyBytes);
    }

    static AppendingLog open(Path folder, int bodyBytes) throws IOException {
        CommitLog log = CommitLog.open(
                DiskDirectory.open(folder),
                LogSettings.defaults(),
                new NoState(),
                SystemEpochClock.INSTANCE,
                LogListener.SILENT);
        return new AppendingLog(log, bodyBytes);
    }

    /** Appends messages, each to the queue that {@code queueOf} gives for its number. */
    void append(long count, LongToIntFunction queueOf) {
        long end = messageCount + count;
        while (messageCount < end) {
            log.beginBatch(System.currentTimeMillis());
            long batchEnd = Math.min(end, messageCount + BATCH_COUNT);
            for (; messageCount < batchEnd; messageCount++) {
                appendOne(queueOf.applyAsInt(messageCount));
            }
            long position = log.write();
            log.publish(position);
            log.workOnCheckpoint(System.currentTimeMillis());
            if (position - forcedPosition > FORCE_EVERY_BYTES) {
                log.forceInBackground();
                forcedPosition = position;
            }
        }
    }

    private void appendOne(int queueNo) {
        int length = encoder.encode(fields, record, 0);
        // Never 0, and as scattered as the keys of real messages.
        keys[0] = (messageCount + 1) * KEY_SPREAD;
        log.beginCommand();
        log.appendMessage(record, 0, length, queueNo, 0, keys, 1);
        log.endCommand();
    }

    void force() {
        log.force();
    }

    long endPosition() {
        return log.endPosition();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }

    /** There are only messages. */
    private static final class NoState implements LogState {
        @Override
        public void apply(int kind, DirectBuffer buffer, int index, int length, long position, long timeMs) {
            throw new IllegalStateException("control record of kind " + kind);
        }

        @Override
        public int sliceCount() {
            return 0;
        }

        @Override
        public void writeSlice(int slice, SliceOutput out) {
            throw new IllegalStateException("slice " + slice);
        }

        @Override
        public void restoreSlice(int slice, SliceInput in, long stamp) {
            throw new IllegalStateException("slice " + slice);
        }
    }
}
