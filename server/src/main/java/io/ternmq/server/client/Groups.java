package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.JsonObject;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks after consumer groups. For any thread. */
public final class Groups {

    private final ServerConnections connections;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     */
    public Groups(ServerConnections connections) {
        this.connections = connections;
    }

    /**
     * Lists the groups of the cluster with their configuration.
     *
     * @return configuration by name, in alphabetical order
     * @throws WireException when a server does not say
     */
    public Map<String, JsonObject> configs() throws WireException {
        Map<String, JsonObject> configs = new TreeMap<>();
        for (HostPort broker : connections.brokers()) {
            var request = new Request(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG);
            Frame answer = connections.call(broker, request, "list the groups");
            JsonObject table = JsonReader.object(answer.body()).object("subscriptionGroupTable");
            table.members().forEach((name, config) -> {
                if (config instanceof JsonObject json) {
                    configs.put(name.toString(), json);
                }
            });
        }
        return configs;
    }

    /**
     * Lists the members of a group that are connected now.
     *
     * @param group its name
     * @return by client id
     * @throws WireException when a server does not say
     */
    public List<GroupClient> clients(String group) throws WireException {
        Map<String, GroupClient> clients = new TreeMap<>();
        for (HostPort broker : connections.brokers()) {
            Request request = new Request(RequestCode.GET_CONSUMER_CONNECTION_LIST).field("consumerGroup", group);
            Frame answer = connections.callAny(broker, request);
            if (answer.code() != ResponseCode.CONSUMER_NOT_ONLINE) {
                answer.expectSuccess("list the members of group " + group);
                for (JsonObject json : JsonReader.object(answer.body()).objects("connectionSet")) {
                    GroupClient client = GroupClient.of(json);
                    clients.put(client.clientId(), client);
                }
            }
        }
        return List.copyOf(clients.values());
    }

    /**
     * Tells how far a group is.
     *
     * @param group its name
     * @return one row a queue in which it has an offset, sorted by topic, broker and number
     * @throws WireException when a server does not say
     */
    public List<GroupProgress> progress(String group) throws WireException {
        List<GroupProgress> rows = new ArrayList<>();
        for (HostPort broker : connections.brokers()) {
            Request request = new Request(RequestCode.GET_CONSUME_STATS).field("consumerGroup", group);
            Frame answer = connections.call(broker, request, "ask for the progress of group " + group);
            JsonObject table = JsonReader.object(answer.body()).object("offsetTable");
            table.members().forEach((queue, offsets) -> {
                if (queue instanceof JsonObject key && offsets instanceof JsonObject value) {
                    rows.add(row(key, value));
                }
            });
        }
        rows.sort(Comparator.comparing(GroupProgress::topic)
                .thenComparing(GroupProgress::brokerName)
                .thenComparingInt(GroupProgress::queueId));
        return rows;
    }

    private static GroupProgress row(JsonObject queue, JsonObject offsets) {
        return new GroupProgress(
                queue.text("topic", ""),
                queue.text("brokerName", ""),
                (int) queue.number("queueId", 0),
                offsets.number("brokerOffset", 0),
                offsets.number("consumerOffset", 0));
    }

    /**
     * Makes a group go on elsewhere: at once where members are connected, else from its next start.
     *
     * @param group  its name
     * @param route  where the topic is
     * @param timeMs where to go on: milliseconds since 1970; -1 for the end
     * @return the queues and their new offsets
     * @throws WireException when a server refuses
     */
    public Map<QueueRef, Long> reset(String group, TopicRoute route, long timeMs) throws WireException {
        boolean anyOffline = false;
        for (TopicRoute.Share share : route.brokers()) {
            Request request = new Request(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET)
                    .field("topic", route.topic())
                    .field("group", group)
                    .field("timestamp", timeMs)
                    .field("isForce", true);
            Frame answer = connections.callAny(share.address(), request);
            if (answer.code() == ResponseCode.CONSUMER_NOT_ONLINE) {
                anyOffline = true;
            } else {
                answer.expectSuccess("reset group " + group + " in topic " + route.topic());
            }
        }
        return targets(group, route, timeMs, anyOffline);
    }

    private Map<QueueRef, Long> targets(String group, TopicRoute route, long timeMs, boolean commit)
            throws WireException {
        var offsets = new QueueOffsets(connections);
        Map<QueueRef, Long> targets = new TreeMap<>();
        for (QueueRef queue : route.readQueues()) {
            long target = timeMs < 0 ? offsets.max(queue) : offsets.atTime(queue, timeMs);
            targets.put(queue, target);
            if (commit) {
                offsets.commit(group, queue, target);
            }
        }
        return targets;
    }
}
