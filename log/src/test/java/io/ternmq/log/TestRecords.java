package io.ternmq.log;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Message records whose body begins with a number. */
final class TestRecords {
    private static final HostAddress HOST = HostAddress.of(new byte[] {127, 0, 0, 1}, 10911);

    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final MessageFields fields = new MessageFields();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128 * 1024]);
    private int length;

    /** Makes a record with holes in {@link #buffer}. */
    TestRecords make(long number, int bodyBytes) {
        UnsafeBuffer body = new UnsafeBuffer(new byte[Math.max(Long.BYTES, bodyBytes)]);
        for (int i = Long.BYTES; i < body.capacity(); i++) {
            body.putByte(i, (byte) (number + i));
        }
        body.putLong(0, number, BIG_ENDIAN);
        fields.clear()
                .topic("t".getBytes(UTF_8))
                .bornHost(HOST)
                .storeHost(HOST)
                .body(body, 0, body.capacity())
                .properties("".getBytes(UTF_8));
        length = encoder.encode(fields, buffer, 0);
        return this;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    static long number(DirectBuffer record, int index, int length) {
        MessageRecord message = new MessageRecord().wrap(record, index, length);
        return record.getLong(message.bodyIndex(), BIG_ENDIAN);
    }
}
