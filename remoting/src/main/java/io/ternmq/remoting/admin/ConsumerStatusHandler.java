package io.ternmq.remoting.admin;

import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.ConsumerStatusBody;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks the members of a group how far each has come, and gathers what they say. */
public final class ConsumerStatusHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the members */
    public ConsumerStatusHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String topic = request.getRequired("topic");
        String name = request.getRequired("group");
        String onlyClient = request.get("clientAddr");
        ConsumerGroupView group = access.membership().consumers(name);
        List<Member> asked = group == null
                ? List.of()
                : group.members().stream()
                        .filter(member -> onlyClient == null
                                || onlyClient.isEmpty()
                                || member.clientId().equals(onlyClient))
                        .toList();
        if (asked.isEmpty()) {
            exchange.answer(ResponseCode.SYSTEM_ERROR, "no consumer of the group '" + name + "' is there");
            return;
        }
        ClientCall call = new ClientCall(
                RequestCode.GET_CONSUMER_STATUS_FROM_CLIENT, Map.of("topic", topic, "group", name), new byte[0]);
        Gathering gathering = new Gathering(exchange, asked.size());
        for (Member member : asked) {
            if (member.connection() instanceof ClientConnection client) {
                client.call(call, answer -> gathering.answered(member.clientId(), answer));
            } else {
                gathering.answered(member.clientId(), null);
            }
        }
    }

    /** Waits until every member has said something or nothing. Thread-safe: members are in several event loops. */
    private static final class Gathering {
        private final Exchange exchange;
        private final Map<String, String> tables = new TreeMap<>();
        private int missing;

        Gathering(Exchange exchange, int count) {
            this.exchange = exchange;
            this.missing = count;
        }

        synchronized void answered(String clientId, @Nullable RemotingFrame answer) {
            if (answer != null && answer.code() == ResponseCode.SUCCESS) {
                String body = answer.body().toString(StandardCharsets.UTF_8);
                tables.put(clientId, ConsumerStatusBody.tableOf(body));
            }
            missing--;
            if (missing == 0) {
                exchange.replies().run(() -> exchange.succeed(new ConsumerStatusBody(tables)));
            }
        }
    }
}
