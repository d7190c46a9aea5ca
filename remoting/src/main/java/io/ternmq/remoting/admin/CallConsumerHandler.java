package io.ternmq.remoting.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes an operator's question on to a consumer, and the consumer's answer back as it is. */
public final class CallConsumerHandler implements RequestHandler {
    private static final int RECORD_BYTES_EXPECTED = 8 * 1024;

    private final BrokerAccess access;

    /** @param access the members, and the shard that has the messages */
    public CallConsumerHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        ClientConnection consumer = consumer(group, request.get("clientId"));
        if (consumer == null) {
            exchange.answer(
                    ResponseCode.SYSTEM_ERROR,
                    "the consumer '" + request.get("clientId") + "' of the group '" + group + "' is not there");
            return;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < request.fieldCount(); i++) {
            fields.put(request.fieldName(i), request.fieldValue(i));
        }
        String messageId = request.get("msgId");
        if (request.code() == RequestCode.CONSUME_MESSAGE_DIRECTLY && messageId != null) {
            fields.put("brokerName", access.identity().brokerName());
            callWithMessage(exchange, consumer, fields, messageId);
        } else {
            byte[] body = ByteBufUtil.getBytes(request.body());
            call(exchange, consumer, new ClientCall(request.code(), fields, body));
        }
    }

    private @Nullable ClientConnection consumer(String group, @Nullable String clientId) {
        Member member = clientId == null || clientId.isEmpty()
                ? anyMember(group)
                : access.membership().consumer(group, clientId);
        return member != null && member.connection() instanceof ClientConnection client ? client : null;
    }

    private @Nullable Member anyMember(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        return members == null ? null : members.members().get(0);
    }

    private void callWithMessage(
            Exchange exchange, ClientConnection consumer, Map<String, String> fields, String messageId) {
        long position;
        try {
            position = OffsetMessageId.decode(messageId).position();
        } catch (MalformedMessageException e) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, e.getMessage());
            return;
        }
        access.read(exchange, scratch -> {
            RecordBuffer records = new RecordBuffer(exchange.connection(), RECORD_BYTES_EXPECTED);
            boolean found = access.shard().reader().readAt(position, records, scratch);
            byte[] body = ByteBufUtil.getBytes(records.take());
            records.take().release();
            return found
                    ? () -> call(exchange, consumer, new ClientCall(RequestCode.CONSUME_MESSAGE_DIRECTLY, fields, body))
                    : () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "no message has the id " + messageId);
        });
    }

    private static void call(Exchange exchange, ClientConnection consumer, ClientCall call) {
        consumer.call(call, answer -> exchange.replies().run(passOn(exchange, answer)));
    }

    private static Completion passOn(Exchange exchange, @Nullable RemotingFrame answer) {
        if (answer == null) {
            return () -> exchange.answer(ResponseCode.CONSUME_MSG_TIMEOUT, "the consumer did not answer in time");
        }
        int code = answer.code();
        String remark = answer.remark();
        ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(answer.body()));
        return () -> {
            exchange.begin(code, remark);
            exchange.end(body);
        };
    }
}
