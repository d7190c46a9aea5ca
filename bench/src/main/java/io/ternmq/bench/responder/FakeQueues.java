package io.ternmq.bench.responder;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Remembers only how many messages went to each queue, and makes records for a consumer of that number: each says that
 * it is of the last producer's run, with a sequence number that is different for each queue and offset. Event loop only.
 */
final class FakeQueues {
    private static final int MAGIC = 0xDAA320A7;
    private static final int BODY_BYTES_MIN = 24;
    private static final int RECORD_FIXED_BYTES = 91;

    private final long[] counts = new long[Answers.QUEUE_COUNT];
    private long runId;
    private int bodyBytes = BODY_BYTES_MIN;
    private byte[] properties = {};

    void count(int queueId, ByteBuf body) {
        counts[queueId]++;
        bodyBytes = body.readableBytes();
        runId = body.getLong(body.readerIndex());
    }

    /** So that a consumer has as much to decode as with a real server. */
    void properties(byte[] ofEachMessage) {
        properties = ofEachMessage;
    }

    boolean knowsProperties() {
        return properties.length > 0;
    }

    /** A new topic is a new run. */
    void clear() {
        properties = new byte[0];
        Arrays.fill(counts, 0);
    }

    long count(int queueId) {
        return counts[queueId];
    }

    /** Records from {@code offset} on, as a pull answer holds them. */
    ByteBuf records(ByteBufAllocator allocator, String topic, int queueId, long offset, int count) {
        byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
        int recordBytes = RECORD_FIXED_BYTES + bodyBytes + topicBytes.length + properties.length;
        ByteBuf records = allocator.directBuffer(recordBytes * count);
        for (int i = 0; i < count; i++) {
            int start = records.writerIndex();
            records.writeInt(recordBytes).writeInt(MAGIC).writeInt(0);
            records.writeInt(queueId).writeInt(0).writeLong(offset + i);
            records.writeLong((offset + i) * Answers.QUEUE_COUNT + queueId);
            records.writeZero(Integer.BYTES + Long.BYTES);
            records.writeInt(0x7F000001).writeInt(1);
            records.writeZero(Long.BYTES);
            records.writeInt(0x7F000001).writeInt(1);
            records.writeZero(Integer.BYTES + Long.BYTES);
            records.writeInt(bodyBytes);
            records.writeLong(runId).writeLong((offset + i) * Answers.QUEUE_COUNT + queueId);
            records.writeZero(bodyBytes - Long.BYTES * 2);
            records.writeByte(topicBytes.length).writeBytes(topicBytes);
            records.writeShort(properties.length).writeBytes(properties);
            assert records.writerIndex() - start == recordBytes;
        }
        return records;
    }
}
