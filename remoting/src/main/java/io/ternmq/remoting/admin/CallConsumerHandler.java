package io.ternmq.remoting.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.ternmq.broker.access.AskedConsumer;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.message.MalformedMessageException;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.RecordBuffer;
import io.ternmq.remoting.body.ConsumerAnswerBodies;
import io.ternmq.remoting.body.JsonBody;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes an operator's question on to a consumer, and the consumer's answer back as it is. */
public final class CallConsumerHandler implements RequestHandler {
    private static final int RECORD_BYTES_EXPECTED = 8 * 1024;
    private static final String NO_ANSWER = "the consumer did not answer in time";

    private final BrokerAccess access;

    /** @param access the members, and the shard that has the messages */
    public CallConsumerHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        Connection asked = connection(group, request.get("clientId"));
        if (asked instanceof AskedConsumer other) {
            ask(exchange, request, other);
            return;
        }
        ClientConnection consumer = asked instanceof ClientConnection client ? client : null;
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

    /** A consumer of another protocol: what it is asked and answers is translated. */
    private void ask(Exchange exchange, RemotingFrame request, AskedConsumer consumer) {
        String messageId = request.get("msgId");
        if (request.code() == RequestCode.CONSUME_MESSAGE_DIRECTLY && messageId != null) {
            withMessage(
                    exchange,
                    messageId,
                    record -> consumer.consume(
                            record,
                            verdict -> exchange.replies()
                                    .run(() -> answer(
                                            exchange, verdict == null ? null : ConsumerAnswerBodies.tried(verdict)))));
        } else if (request.code() == RequestCode.GET_CONSUMER_RUNNING_INFO) {
            long nowMs = access.clock().time();
            consumer.threadStack(stack -> exchange.replies()
                    .run(() -> answer(exchange, stack == null ? null : ConsumerAnswerBodies.running(stack, nowMs))));
        } else {
            exchange.answer(ResponseCode.REQUEST_CODE_NOT_SUPPORTED, "a gRPC client cannot be asked that");
        }
    }

    private static void answer(Exchange exchange, @Nullable JsonBody body) {
        if (body == null) {
            exchange.answer(ResponseCode.CONSUME_MSG_TIMEOUT, NO_ANSWER);
        } else {
            exchange.succeed(body);
        }
    }

    private @Nullable Connection connection(String group, @Nullable String clientId) {
        Member member = clientId == null || clientId.isEmpty()
                ? anyMember(group)
                : access.membership().consumer(group, clientId);
        return member == null ? null : member.connection();
    }

    private @Nullable Member anyMember(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        return members == null ? null : members.members().get(0);
    }

    private void callWithMessage(
            Exchange exchange, ClientConnection consumer, Map<String, String> fields, String messageId) {
        withMessage(
                exchange,
                messageId,
                record ->
                        call(exchange, consumer, new ClientCall(RequestCode.CONSUME_MESSAGE_DIRECTLY, fields, record)));
    }

    /** Goes on with the record of that message, in the event loop; or answers that there is none. */
    private void withMessage(Exchange exchange, String messageId, Consumer<byte[]> next) {
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
            byte[] record = ByteBufUtil.getBytes(records.take());
            records.take().release();
            return found
                    ? () -> next.accept(record)
                    : () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "no message has the id " + messageId);
        });
    }

    private static void call(Exchange exchange, ClientConnection consumer, ClientCall call) {
        consumer.call(call, answer -> exchange.replies().run(passOn(exchange, answer)));
    }

    private static Completion passOn(Exchange exchange, @Nullable RemotingFrame answer) {
        if (answer == null) {
            return () -> exchange.answer(ResponseCode.CONSUME_MSG_TIMEOUT, NO_ANSWER);
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
