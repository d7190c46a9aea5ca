package io.ternmq.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;

/** Records of our encoder, and the official decoder's view of them. */
final class RecordFixture {
    static final HostAddress BORN = HostAddress.of(new byte[] {10, 1, 2, 3}, 40001);
    static final HostAddress STORE = HostAddress.of(new byte[] {127, 0, 0, 1}, 10911);
    static final HostAddress IPV6 =
            HostAddress.of(new byte[] {-2, -128, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2}, 10911);

    private RecordFixture() {}

    static MessageFields fields(String topic, byte[] body, String properties) {
        return new MessageFields()
                .clear()
                .topic(topic.getBytes(UTF_8))
                .queueId(3)
                .flag(17)
                .sysFlag(SysFlag.MULTI_TAGS)
                .bornTimestamp(1_700_000_000_123L)
                .bornHost(BORN)
                .storeHost(STORE)
                .reconsumeTimes(2)
                .preparedTransactionOffset(99)
                .body(new UnsafeBuffer(body), 0, body.length)
                .properties(properties.getBytes(UTF_8));
    }

    /** The record behind {@code margin} bytes, with its holes filled: offset 7, position 4711, stored at 1700000000456. */
    static UnsafeBuffer encode(MessageFields fields, int margin) {
        MessageRecordEncoder encoder = new MessageRecordEncoder();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[margin + encoder.encodedLength(fields)]);
        int length = encoder.encode(fields, buffer, margin);
        if (margin + length != buffer.capacity()) {
            throw new AssertionError("encoded " + length + " bytes, announced " + (buffer.capacity() - margin));
        }
        MessageRecordHoles.fill(buffer, margin, 7, 4711, 1_700_000_000_456L);
        return buffer;
    }

    static MessageRecord record(UnsafeBuffer buffer, int margin) {
        return new MessageRecord().wrap(buffer, margin, buffer.capacity() - margin);
    }

    /** What a RocketMQ client makes of the bytes; the last argument has it check the body's checksum too. */
    static MessageExt official(UnsafeBuffer buffer) {
        return MessageDecoder.decode(ByteBuffer.wrap(buffer.byteArray()), true, false, true, false, true);
    }
}
