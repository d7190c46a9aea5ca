package io.ternmq.remoting.send;

import io.netty.buffer.ByteBuf;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.protocol.message.BatchBody;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.remoting.FrameBody;
import io.ternmq.protocol.remoting.SendRequest;
import io.ternmq.remoting.connection.ClientConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes records of what was sent, with holes for what only the shard knows. To be reused; not thread-safe. */
final class RecordDrafts {
    /** What one command may hold; a batch of tiny messages can grow beyond it by its records' own fields. */
    static final int BYTES_MAX = 4 * 1024 * 1024 + 512 * 1024;

    private static final int SYS_FLAGS_KEPT = SysFlag.COMPRESSED | SysFlag.MULTI_TAGS | SysFlag.COMPRESSION_MASK;

    private static final long[] NO_KEYS = {};

    private final HostAddress storeHost;
    private final MessageFields fields = new MessageFields();
    private final MessageRecordEncoder encoder = new MessageRecordEncoder();
    private final SendProperties properties = new SendProperties();
    private final BatchBody batch = new BatchBody();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);

    RecordDrafts(HostAddress storeHost) {
        this.storeHost = storeHost;
    }

    /** Looks at the properties of the request, for those that ask for them next. */
    SendProperties scan(SendRequest send) {
        properties.scan(send.topic(), send.properties(), 0, send.properties().capacity());
        return properties;
    }

    /** @return one message, as it was sent but for its topic; {@link #scan} came before */
    SendDraft single(SendRequest send, ByteBuf sentBody, Destination to, ClientConnection from) {
        describe(send, to, from);
        FrameBody.wrap(body, sentBody);
        fields.flag(send.flag())
                .body(body, 0, body.capacity())
                .properties(send.properties(), 0, send.properties().capacity());
        return draft(from, to, send.properties().capacity(), properties.keyHashes());
    }

    /** @return one message for a queue where it waits, with properties that say where it belongs */
    SendDraft delayed(SendRequest send, ByteBuf sentBody, Destination waiting, byte[] noted, ClientConnection from) {
        describeNoted(send, sentBody, waiting, noted, from);
        return draft(from, waiting, noted.length, NO_KEYS);
    }

    /** @return one message with other properties than it was sent with */
    SendDraft noted(SendRequest send, ByteBuf sentBody, Destination to, byte[] noted, ClientConnection from) {
        describeNoted(send, sentBody, to, noted, from);
        return draft(from, to, noted.length, properties.keyHashes());
    }

    private void describeNoted(
            SendRequest send, ByteBuf sentBody, Destination to, byte[] noted, ClientConnection from) {
        describe(send, to, from);
        FrameBody.wrap(body, sentBody);
        fields.flag(send.flag()).body(body, 0, body.capacity()).properties(noted);
        properties.scan(send.topic(), new UnsafeBuffer(noted), 0, noted.length);
    }

    /** @return all messages of a batch, in its order */
    SendDraft batch(SendRequest send, ByteBuf sentBody, Destination to, ClientConnection from) {
        FrameBody.wrap(body, sentBody);
        int recordBytes = batchRecordBytes(send, to, from);
        if (recordBytes > BYTES_MAX) {
            throw new MalformedMessageException("batch", recordBytes + " bytes of records", "at most " + BYTES_MAX);
        }
        ByteBuf records = from.allocate(recordBytes);
        UnsafeBuffer view = viewOf(records, recordBytes);
        List<EncodedMessage> messages = new ArrayList<>();
        int at = 0;
        batch.wrap(body, 0, body.capacity());
        while (batch.next()) {
            describeInner(send, to, from);
            properties.scan(send.topic(), body, batch.propertiesIndex(), batch.propertiesLength());
            if (properties.isTimed()) {
                throw timedInBatch(records);
            }
            int length = encoder.encode(fields, view, at);
            messages.add(new EncodedMessage(view, at, length, properties.tagHash(), properties.keyHashes()));
            at += length;
        }
        return new SendDraft(to, records, messages.toArray(new EncodedMessage[0]), 0, 0);
    }

    private static MalformedMessageException timedInBatch(ByteBuf records) {
        records.release();
        return new MalformedMessageException("batch", "a message with a delivery time", "messages for now only");
    }

    private int batchRecordBytes(SendRequest send, Destination to, ClientConnection from) {
        int sum = 0;
        batch.wrap(body, 0, body.capacity());
        while (batch.next()) {
            describeInner(send, to, from);
            sum += encoder.encodedLength(fields);
        }
        if (sum == 0) {
            throw new MalformedMessageException("batch", "0 messages", "at least one");
        }
        return sum;
    }

    private void describeInner(SendRequest send, Destination to, ClientConnection from) {
        describe(send, to, from);
        fields.flag(batch.flag())
                .body(body, batch.bodyIndex(), batch.bodyLength())
                .properties(body, batch.propertiesIndex(), batch.propertiesLength());
    }

    private void describe(SendRequest send, Destination to, ClientConnection from) {
        fields.clear()
                .queueId(to.queueId())
                .sysFlag(send.sysFlag() & SYS_FLAGS_KEPT)
                .bornTimestamp(send.bornTimestamp())
                .bornHost(from.peer())
                .storeHost(storeHost)
                .reconsumeTimes(send.reconsumeTimes());
        if (to.topic().name().equals(send.topic())) {
            fields.topic(send.topicBytes(), 0, send.topicBytes().capacity());
        } else {
            fields.topic(to.topic().name().getBytes(StandardCharsets.UTF_8));
        }
    }

    private SendDraft draft(ClientConnection from, Destination to, int propertiesLength, long[] keyHashes) {
        int length = encoder.encodedLength(fields);
        ByteBuf records = from.allocate(length);
        UnsafeBuffer view = viewOf(records, length);
        encoder.encode(fields, view, 0);
        EncodedMessage[] messages = {new EncodedMessage(view, 0, length, properties.tagHash(), keyHashes)};
        int propertiesIndex = length - propertiesLength;
        return new SendDraft(
                to, records, messages, propertiesIndex + properties.uniqueKeyIndex(), properties.uniqueKeyLength());
    }

    private static UnsafeBuffer viewOf(ByteBuf records, int length) {
        records.writerIndex(length);
        UnsafeBuffer view = new UnsafeBuffer(0, 0);
        FrameBody.wrap(view, records);
        return view;
    }
}
