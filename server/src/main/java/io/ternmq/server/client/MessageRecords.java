package io.ternmq.server.client;

import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Splits the body of an answer, records back to back, into messages. */
final class MessageRecords {

    private MessageRecords() {}

    /** @throws WireException when a record is not sound */
    static List<ReceivedMessage> decode(byte[] body) throws WireException {
        var buffer = new UnsafeBuffer(body);
        var record = new MessageRecord();
        List<ReceivedMessage> messages = new ArrayList<>();
        int index = 0;
        while (index < body.length) {
            int length = body.length - index < Integer.BYTES ? -1 : buffer.getInt(index, java.nio.ByteOrder.BIG_ENDIAN);
            if (length <= 0 || length > body.length - index) {
                throw new WireException("message record at byte " + index + " of an answer: length " + length
                        + " (expected: at most " + (body.length - index) + ")");
            }
            record.wrap(buffer, index, length);
            String wrong = record.validate();
            if (wrong != null) {
                throw new WireException("message record at byte " + index + " of an answer: " + wrong);
            }
            messages.add(ReceivedMessage.of(record));
            index += length;
        }
        return messages;
    }
}
