package io.ternmq.broker.transaction;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.log.LogReader;
import io.ternmq.log.LogReader.Reading;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.MessageRecordHoles;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Reads half messages and makes of them what they become. One a thread. */
public final class HalfMessageCopier {
    private final LogReader reader;
    private final IntSupplier queueNo;
    private final ReadScratch scratch;
    private final MessageRecord record = new MessageRecord();
    private final MessageCopier copier = new MessageCopier();

    /**
     * A copy, and the queue it is for.
     *
     * @param topic a topic's name; empty when the half message does not say
     * @param queueId a queue of it; -1 when the half message does not say
     * @param message the copy, in a buffer of its own
     */
    record Copy(String topic, int queueId, EncodedMessage message) {}

    /**
     * Reads on the thread that uses it.
     *
     * @param scratch is used while a message is read, and stays the caller's
     */
    public HalfMessageCopier(LogReader reader, ReadScratch scratch) {
        this(reader, () -> -1, scratch);
    }

    /** @param queueNo the queue of half messages, asked at each read, which is quicker with it; -1 while it is not known */
    HalfMessageCopier(LogReader reader, IntSupplier queueNo, ReadScratch scratch) {
        this.reader = reader;
        this.queueNo = queueNo;
        this.scratch = scratch;
    }

    /**
     * The message as its producers are asked about it: in its real topic, and with the id that they know.
     *
     * @return a record's bytes, or null when it cannot be read
     */
    public byte @Nullable [] question(HalfMessage half) {
        return read(half, source -> {
            Map<String, String> properties = MessageCopier.properties(source);
            MessageCopier.Changes home = home(source, properties);
            properties.remove(PropertyNames.REAL_TOPIC);
            properties.remove(PropertyNames.REAL_QUEUE_ID);
            properties.put(PropertyNames.TRANSACTION_CHECK_TIMES, Integer.toString(half.checks()));
            EncodedMessage copy = copier.copyInAnyCase(source, home);
            byte[] bytes = new byte[copy.length()];
            copy.buffer().getBytes(copy.index(), bytes);
            MessageRecordHoles.fill(new UnsafeBuffer(bytes), 0, half.offset(), half.id(), source.storeTimestamp());
            return bytes;
        });
    }

    /** @return what consumers see once it is committed, or null when it cannot be read */
    @Nullable
    Copy committed(HalfMessage half) {
        return read(half, source -> {
            Map<String, String> properties = MessageCopier.properties(source);
            MessageCopier.Changes home = home(source, properties);
            HalfRule.commit(properties);
            return new Copy(home.topic(), home.queueId(), copier.commit(source, home, half.id()));
        });
    }

    /** @return what an operator sees, with all of its properties, or null when it cannot be read */
    @Nullable
    EncodedMessage givenUp(HalfMessage half) {
        return as(Names.GIVEN_UP_TOPIC, half);
    }

    /** @return the same half message for another place, or null when it cannot be read */
    @Nullable
    EncodedMessage carried(HalfMessage half) {
        return as(Names.HALF_TOPIC, half);
    }

    private @Nullable EncodedMessage as(String topic, HalfMessage half) {
        return read(
                half,
                source -> copier.copyInAnyCase(
                        source,
                        new MessageCopier.Changes(
                                topic, 0, source.reconsumeTimes(), MessageCopier.properties(source))));
    }

    /** Where it belongs; shares the properties. */
    private static MessageCopier.Changes home(MessageRecord source, Map<String, String> properties) {
        String topic = properties.getOrDefault(PropertyNames.REAL_TOPIC, "");
        return new MessageCopier.Changes(topic, HalfRule.queueId(properties), source.reconsumeTimes(), properties);
    }

    private <T> @Nullable T read(HalfMessage half, Function<MessageRecord, T> use) {
        Found<T> found = new Found<>();
        Reading unused = reader.tryReadAt(
                queueNo.getAsInt(),
                half.position(),
                (buffer, index, length, offset) -> {
                    found.result = use.apply(record.wrap(buffer, index, length));
                    return true;
                },
                scratch);
        return found.result;
    }

    private static final class Found<T> {
        private @Nullable T result;
    }
}
