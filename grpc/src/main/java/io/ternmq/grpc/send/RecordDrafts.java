package io.ternmq.grpc.send;

import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.SystemProperties;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.grpc.convert.Times;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageFields;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecordEncoder;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.SysFlag;
import io.ternmq.protocol.message.TagHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes records of what was sent, with holes for what only the shard knows. Thread-safe. */
public final class RecordDrafts {
    /** What one request may come to. */
    static final int BYTES_MAX = 4 * 1024 * 1024 + 512 * 1024;

    private final HostAddress storeHost;
    private final ThreadLocal<Workplace> workplaces = ThreadLocal.withInitial(Workplace::new);

    /** What one thread encodes with. */
    private static final class Workplace {
        private final MessageFields fields = new MessageFields();
        private final MessageRecordEncoder encoder = new MessageRecordEncoder();
        private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    }

    /** @param storeHost what records say about where they are */
    public RecordDrafts(HostAddress storeHost) {
        this.storeHost = storeHost;
    }

    /**
     * Makes a record.
     *
     * @param to the queue that keeps it, be it only until its time has come
     * @param properties all of its properties
     * @throws io.ternmq.protocol.message.MalformedMessageException when a record cannot hold it
     */
    EncodedMessage encode(Message message, Destination to, Map<String, String> properties, HostAddress peer) {
        SystemProperties system = message.getSystemProperties();
        Workplace workplace = workplaces.get();
        workplace.body.wrap(message.getBody().asReadOnlyByteBuffer());
        workplace
                .fields
                .clear()
                .topic(to.topic().name().getBytes(StandardCharsets.UTF_8))
                .queueId(to.queueId())
                .sysFlag(system.getBodyEncoding() == Encoding.GZIP ? SysFlag.COMPRESSED : 0)
                .bornTimestamp(Times.ms(system.getBornTimestamp()))
                .bornHost(peer)
                .storeHost(storeHost)
                .body(workplace.body, 0, workplace.body.capacity())
                .properties(MessageProperties.format(properties));
        UnsafeBuffer record = new UnsafeBuffer(new byte[workplace.encoder.encodedLength(workplace.fields)]);
        int length = workplace.encoder.encode(workplace.fields, record, 0);
        workplace.body.wrap(0, 0);
        String topic =
                properties.getOrDefault(PropertyNames.REAL_TOPIC, to.topic().name());
        boolean isThere = topic.equals(to.topic().name());
        EncodedMessage encoded = new EncodedMessage(
                record,
                0,
                length,
                TagHash.of(properties.get(PropertyNames.TAGS)),
                isThere ? keyHashes(topic, system) : new long[0]);
        if (to.topic().isCompacted()) {
            encoded.findKeyIn(to.queueNo());
        }
        return encoded;
    }

    /** A message is found by its id and its keys; one that waits elsewhere only once it has come. */
    private static long[] keyHashes(String topic, SystemProperties system) {
        LongArrayList hashes = new LongArrayList();
        hashes.addLong(KeyHash.of(topic, system.getMessageId()));
        String all = String.join(String.valueOf(PropertyNames.KEY_SEPARATOR), system.getKeysList());
        for (String key : all.split(String.valueOf(PropertyNames.KEY_SEPARATOR), -1)) {
            if (!key.isEmpty() && hashes.size() < MessageCopier.KEYS_MAX) {
                hashes.addLong(KeyHash.of(topic, key));
            }
        }
        return hashes.toLongArray();
    }
}
