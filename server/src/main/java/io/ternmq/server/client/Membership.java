package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a consumer tells the brokers about itself, and asks about the others of its group. */
final class Membership {

    private final ServerConnections connections;
    private final String group;
    private final String clientId;
    private final byte[] heartbeat;

    /**
     * Tells nothing yet.
     *
     * @param subscriptions what is wanted, by topic
     * @param versionMs     when the subscription was made
     */
    Membership(
            ServerConnections connections,
            String group,
            String clientId,
            Map<String, TagExpression> subscriptions,
            long versionMs) {
        this.connections = connections;
        this.group = group;
        this.clientId = clientId;
        this.heartbeat = heartbeat(subscriptions, versionMs).getBytes(StandardCharsets.UTF_8);
    }

    private String heartbeat(Map<String, TagExpression> subscriptions, long versionMs) {
        List<Map<String, Object>> wanted = subscriptions.entrySet().stream()
                .map(entry -> subscription(entry.getKey(), entry.getValue(), versionMs))
                .toList();
        Map<String, Object> consumer = Map.of(
                "groupName",
                group,
                "consumeType",
                "CONSUME_PASSIVELY",
                "messageModel",
                "CLUSTERING",
                "consumeFromWhere",
                "CONSUME_FROM_FIRST_OFFSET",
                "subscriptionDataSet",
                wanted,
                "unitMode",
                false);
        return JsonWriter.write(
                Map.of("clientID", clientId, "consumerDataSet", List.of(consumer), "producerDataSet", List.of()));
    }

    private static Map<String, Object> subscription(String topic, TagExpression tags, long versionMs) {
        return Map.of(
                "topic",
                topic,
                "subString",
                tags.text(),
                "tagsSet",
                tags.tags(),
                "codeSet",
                tags.hashes(),
                "subVersion",
                versionMs,
                "expressionType",
                "TAG",
                "classFilterMode",
                false);
    }

    /** Joins, or stays. */
    void beat(HostPort broker) throws WireException {
        var request = new Request(RequestCode.HEART_BEAT).body(heartbeat);
        connections.call(broker, request, "join group " + group);
    }

    /** @return client ids of all members, sorted; none when the broker knows no member */
    List<String> members(HostPort broker) throws WireException {
        Request request = new Request(RequestCode.GET_CONSUMER_LIST_BY_GROUP).field("consumerGroup", group);
        Frame answer = connections.callAny(broker, request);
        if (answer.code() != ResponseCode.SUCCESS) {
            return List.of();
        }
        return JsonReader.object(answer.body()).list("consumerIdList").stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    void leave(HostPort broker) throws WireException {
        Request request = new Request(RequestCode.UNREGISTER_CLIENT)
                .field("clientID", clientId)
                .field("consumerGroup", group);
        connections.call(broker, request, "leave group " + group);
    }
}
