package io.ternmq.remoting.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import io.ternmq.broker.access.Completion;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.protocol.remoting.SendRequest;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passes the answer to a request on to the producer that asked, which waits for it. An answer is a call, no message: it
 * is not stored, and who answers hears whether it has arrived.
 */
public final class ReplyHandler implements RequestHandler {
    private final BrokerAccess access;
    private final SendRequest send;

    /**
     * @param access the members
     * @param names may be shared
     */
    public ReplyHandler(BrokerAccess access, NameCache names) {
        this.access = access;
        this.send = new SendRequest(names);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        send.read(request);
        Map<String, String> properties =
                MessageProperties.parse(send.properties(), 0, send.properties().capacity());
        String clientId = properties.get(PropertyNames.REPLY_TO_CLIENT);
        if (clientId == null) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "the reply has no property " + PropertyNames.REPLY_TO_CLIENT);
            return;
        }
        Member member = access.membership().producer(clientId);
        if (member == null || !(member.connection() instanceof ClientConnection asking)) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "the producer '" + clientId + "' that asked is not there");
            return;
        }
        long nowMs = access.clock().time();
        properties.put(PropertyNames.PUSH_REPLY_TIME, Long.toString(nowMs));
        ClientCall call = new ClientCall(
                RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT,
                fields(exchange, properties, nowMs),
                ByteBufUtil.getBytes(request.body()));
        int queueId = Math.max(0, send.queueId());
        asking.call(call, answer -> exchange.replies().run(told(exchange, answer, clientId, queueId)));
    }

    private Map<String, String> fields(Exchange exchange, Map<String, String> properties, long nowMs) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("producerGroup", send.producerGroup());
        fields.put("topic", send.topic());
        fields.put("defaultTopic", send.defaultTopic());
        fields.put("defaultTopicQueueNums", Integer.toString(send.defaultTopicQueues()));
        fields.put("queueId", Integer.toString(send.queueId()));
        fields.put("sysFlag", Integer.toString(send.sysFlag()));
        fields.put("bornTimestamp", Long.toString(send.bornTimestamp()));
        fields.put("flag", Integer.toString(send.flag()));
        fields.put("properties", new String(MessageProperties.format(properties), UTF_8));
        fields.put("reconsumeTimes", Integer.toString(send.reconsumeTimes()));
        fields.put("unitMode", Boolean.toString(send.unitMode()));
        fields.put("bornHost", exchange.connection().remoteAddress());
        fields.put("storeHost", access.identity().storeHost().toString());
        fields.put("storeTimestamp", Long.toString(nowMs));
        return fields;
    }

    private static Completion told(Exchange exchange, @Nullable RemotingFrame answer, String clientId, int queueId) {
        if (answer == null || answer.code() != ResponseCode.SUCCESS) {
            String why = answer == null ? "did not take the reply in time" : "could not take the reply";
            return () -> exchange.answer(ResponseCode.SYSTEM_ERROR, "the producer '" + clientId + "' " + why);
        }
        return () -> {
            exchange.begin(ResponseCode.SUCCESS, null)
                    .field("msgId", "0")
                    .field("queueId", queueId)
                    .field("queueOffset", 0);
            exchange.end();
        };
    }
}
