package io.ternmq.remoting.transaction;

import io.ternmq.broker.access.QuestionCourier;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks producers that are connected by remoting about their transactions. */
public final class RemotingCourier implements QuestionCourier {
    private final String brokerName;

    /** @param brokerName the broker that has the half messages, as clients know it */
    public RemotingCourier(String brokerName) {
        this.brokerName = brokerName;
    }

    @Override
    public boolean reaches(Connection producer) {
        return producer instanceof ClientConnection client && client.isOpen();
    }

    @Override
    public boolean hasRoom(Connection producer) {
        return ((ClientConnection) producer).hasRoomOutbound();
    }

    @Override
    public void ask(Connection producer, HalfMessage half, byte[] message, Runnable told) {
        ((ClientConnection) producer)
                .tell(new ClientCall(RequestCode.CHECK_TRANSACTION_STATE, fields(half, message), message), told);
    }

    private Map<String, String> fields(HalfMessage half, byte[] message) {
        MessageRecord record = new MessageRecord().wrap(new UnsafeBuffer(message), 0, message.length);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("topic", record.topic());
        fields.put("commitLogOffset", Long.toString(half.id()));
        fields.put("tranStateTableOffset", Long.toString(half.offset()));
        fields.put("offsetMsgId", new OffsetMessageId(record.storeHost(), half.id()).encode());
        fields.put("bname", brokerName);
        String uniqueKey = record.property(PropertyNames.UNIQUE_KEY);
        if (uniqueKey != null) {
            fields.put("msgId", uniqueKey);
            fields.put("transactionId", uniqueKey);
        }
        return fields;
    }
}
