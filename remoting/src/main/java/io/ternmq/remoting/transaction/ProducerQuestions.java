package io.ternmq.remoting.transaction;

import io.ternmq.broker.member.Member;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.transaction.HalfMessageCopier;
import io.ternmq.broker.transaction.TransactionQuestion;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.RateLimitedLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Asks RocketMQ's producers what became of their transactions. A question that cannot be asked, because none of the
 * group is there or too much is under way already, was asked in vain: the next one comes after the interval.
 */
public final class ProducerQuestions implements TransactionQuestion {
    /** Bytes of questions that wait for their event loops at most, unless the first one alone has more. */
    static final long WAITING_BYTES_MAX = 8L * 1024 * 1024;

    private final BrokerAccess access;
    private final RateLimitedLog complaints;
    private final AtomicLong waitingBytes = new AtomicLong();

    /**
     * @param access the producers, and the shard that has the half messages
     * @param complaints hears of groups of which nobody is there
     */
    public ProducerQuestions(BrokerAccess access, RateLimitedLog complaints) {
        this.access = access;
        this.complaints = complaints;
    }

    @Override
    public void ask(HalfMessage half) {
        if (!access.readers().submit(scratch -> ask(half, scratch))) {
            complain(half, "too many reads are waiting");
        }
    }

    private void ask(HalfMessage half, ReadScratch scratch) {
        ClientConnection producer = producer(half);
        if (producer == null) {
            complain(half, "none of its producers is there");
        } else if (waitingBytes.get() > WAITING_BYTES_MAX || !producer.hasRoomOutbound()) {
            complain(half, "its producers take too little of what is written to them");
        } else {
            byte[] message = new HalfMessageCopier(access.shard().reader(), scratch).question(half);
            if (message == null) {
                complain(half, "it cannot be read at position " + half.position());
            } else {
                ask(producer, half, message);
            }
        }
    }

    private void ask(ClientConnection producer, HalfMessage half, byte[] message) {
        waitingBytes.addAndGet(message.length);
        producer.tell(
                new ClientCall(RequestCode.CHECK_TRANSACTION_STATE, fields(half, message), message),
                () -> waitingBytes.addAndGet(-message.length));
    }

    private Map<String, String> fields(HalfMessage half, byte[] message) {
        MessageRecord record = new MessageRecord().wrap(new UnsafeBuffer(message), 0, message.length);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("topic", record.topic());
        fields.put("commitLogOffset", Long.toString(half.id()));
        fields.put("tranStateTableOffset", Long.toString(half.offset()));
        fields.put("offsetMsgId", new OffsetMessageId(record.storeHost(), half.id()).encode());
        fields.put("bname", access.identity().brokerName());
        String uniqueKey = record.property(PropertyNames.UNIQUE_KEY);
        if (uniqueKey != null) {
            fields.put("msgId", uniqueKey);
            fields.put("transactionId", uniqueKey);
        }
        return fields;
    }

    /** Another one each time, where there are several. */
    private @Nullable ClientConnection producer(HalfMessage half) {
        List<Member> producers = access.membership().producers(half.producerGroup());
        for (int i = 0; i < producers.size(); i++) {
            Member member = producers.get((int) ((half.offset() + half.checks() + i) % producers.size()));
            if (member.connection() instanceof ClientConnection client && client.isOpen()) {
                return client;
            }
        }
        return null;
    }

    private void complain(HalfMessage half, String why) {
        complaints.warn(
                "transaction question",
                "Nobody could be asked what became of a transaction of the producer group '" + half.producerGroup()
                        + "': " + why);
    }
}
