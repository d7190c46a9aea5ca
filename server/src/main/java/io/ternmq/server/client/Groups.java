package io.ternmq.server.client;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.OffsetRange;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Looks after consumer groups. For any thread. */
public final class Groups {

    private static final long END = -1;

    private final Servers servers;

    /**
     * Asks nothing yet.
     *
     * @param servers whom to ask
     */
    public Groups(Servers servers) {
        this.servers = servers;
    }

    /**
     * Lists the groups of the cluster with their configuration.
     *
     * @return configuration by name, in alphabetical order
     */
    public Map<String, JsonObject> configs() {
        List<JsonObject> tables = servers.askBrokers(broker -> servers.call(
                        RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, "list the groups")
                .expect(broker, answer -> JsonObject.read(answer.body()).object("subscriptionGroupTable")));
        Map<String, JsonObject> configs = new TreeMap<>();
        tables.forEach(table -> table.names().forEach(name -> configs.put(name, table.object(name))));
        return configs;
    }

    /**
     * Lists the members of a group that are connected now.
     *
     * @param group its name
     * @return by client id
     */
    public List<GroupClient> clients(String group) {
        String what = "list the members of group " + group;
        Map<String, GroupClient> clients = new TreeMap<>();
        List<List<JsonObject>> answers = servers.askBrokers(broker -> servers.call(
                        RequestCode.GET_CONSUMER_CONNECTION_LIST, what)
                .field("consumerGroup", group)
                .to(broker, answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS -> JsonObject.read(answer.body()).objects("connectionSet");
                    case ResponseCode.CONSUMER_NOT_ONLINE -> List.of();
                    default -> throw Failures.refused(what, answer);
                }));
        answers.stream()
                .flatMap(Collection::stream)
                .map(GroupClient::of)
                .forEach(client -> clients.put(client.clientId(), client));
        return List.copyOf(clients.values());
    }

    /**
     * Tells how far a group is.
     *
     * @param group its name
     * @return one row a queue in which it has an offset, sorted by topic, broker and number
     */
    public List<GroupProgress> progress(String group) {
        List<List<GroupProgress>> answers = servers.askBrokers(
                broker -> servers.call(RequestCode.GET_CONSUME_STATS, "ask for the progress of group " + group)
                        .field("consumerGroup", group)
                        .expect(broker, Groups::rows));
        return answers.stream()
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(GroupProgress::queue))
                .toList();
    }

    private static List<GroupProgress> rows(RemotingFrame answer) {
        JsonObject table = JsonObject.readWithObjectKeys(answer.body()).object("offsetTable");
        return table.names().stream()
                .map(queue -> row(QueueKey.read(queue), table.object(queue)))
                .toList();
    }

    private static GroupProgress row(Partition queue, JsonObject offsets) {
        return new GroupProgress(queue, offsets.number("brokerOffset", 0), offsets.number("consumerOffset", 0));
    }

    /**
     * Makes a group go on elsewhere: at once where members are connected, else from its next start.
     *
     * @param group its name
     * @param topic in which topic, which exists
     * @param time  where to go on; {@link Instant#MAX} for the end
     * @return the queues and their new offsets
     */
    public Map<Partition, Long> reset(String group, String topic, Instant time) {
        boolean anyOffline = false;
        for (Connection broker : servers.brokersOf(topic)) {
            anyOffline |= !servers.await(resetOnline(group, topic, time, broker));
        }
        Map<Partition, Long> targets = new TreeMap<>();
        for (Partition queue : servers.await(servers.routes().readable(topic))) {
            targets.put(queue, servers.await(offset(queue, time)));
        }
        if (anyOffline) {
            servers.await(servers.offsets().commit(group, targets));
        }
        return targets;
    }

    /** @return whether the broker has done it: some leave it to members, and none is there */
    private CompletableFuture<Boolean> resetOnline(String group, String topic, Instant time, Connection broker) {
        String what = "reset group " + group + " in topic " + topic;
        return servers.call(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET, what)
                .field("topic", topic)
                .field("group", group)
                .field("timestamp", time.equals(Instant.MAX) ? END : time.toEpochMilli())
                .field("isForce", true)
                .to(broker, answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS -> true;
                    case ResponseCode.CONSUMER_NOT_ONLINE -> false;
                    default -> throw Failures.refused(what, answer);
                });
    }

    private CompletableFuture<Long> offset(Partition queue, Instant time) {
        return time.equals(Instant.MAX)
                ? servers.offsets().range(queue).thenApply(OffsetRange::end)
                : servers.offsets().at(queue, time);
    }
}
