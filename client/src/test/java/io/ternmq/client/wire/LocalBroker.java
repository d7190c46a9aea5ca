package io.ternmq.client.wire;

import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.client.wire.LocalServer.Asked;
import io.ternmq.client.wire.LocalServer.Behaviour;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What name servers and brokers say, as a behaviour of local servers. */
public final class LocalBroker {

    private LocalBroker() {}

    /** Says that every topic is at these brokers, and leaves the rest to another behaviour. */
    public static Behaviour routes(Map<String, HostPort> brokers, Behaviour rest) {
        String route = "{\"brokerDatas\":["
                + brokers.entrySet().stream()
                        .map(broker -> "{\"brokerAddrs\":{\"0\":\"" + broker.getValue() + "\"},\"brokerName\":\""
                                + broker.getKey() + "\",\"cluster\":\"c\"}")
                        .collect(Collectors.joining(","))
                + "],\"queueDatas\":["
                + brokers.keySet().stream()
                        .map(name ->
                                "{\"brokerName\":\"" + name + "\",\"perm\":6,\"readQueueNums\":1,\"writeQueueNums\":1}")
                        .collect(Collectors.joining(","))
                + "]}";
        return asked -> asked.code() == RequestCode.GET_ROUTEINFO_BY_TOPIC ? Answer.ok(route) : rest.answer(asked);
    }

    /** Those requests of one kind that came, in order. */
    public static List<Asked> asked(LocalServer server, int code) {
        return server.asked().stream().filter(asked -> asked.code() == code).toList();
    }
}
