package io.ternmq.client.route;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonObject;
import io.ternmq.protocol.remoting.HostPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a topic is. Immutable.
 *
 * @param readable partitions that can be read, in order
 * @param writable partitions that can be written, in order
 * @param brokers  who has them, by name
 * @param cluster  the cluster of the first broker, empty when it does not say
 * @param assumed  whether the topic does not exist, and will be like this once something is sent to it
 */
public record TopicRoute(
        List<Partition> readable,
        List<Partition> writable,
        Map<String, HostPort> brokers,
        String cluster,
        boolean assumed) {

    private static final int READABLE = 4;
    private static final int WRITABLE = 2;
    /** As many partitions, at most, does a topic get that is made by sending to it. */
    private static final int ASSUMED_PARTITIONS_MAX = Routes.NEW_TOPIC_PARTITIONS;
    /** RocketMQ numbers a broker that can be written 0, and its copies from 1. */
    private static final String MASTER = "0";

    static final TopicRoute NONE = new TopicRoute(List.of(), List.of(), Map.of(), "", false);

    static TopicRoute read(String topic, JsonObject body) {
        Map<String, HostPort> masters = masters(body);
        List<Partition> readable = new ArrayList<>();
        List<Partition> writable = new ArrayList<>();
        for (JsonObject queues : body.objects("queueDatas")) {
            String broker = queues.text("brokerName", "");
            long permission = queues.number("perm", 0);
            if (!masters.containsKey(broker)) {
                continue;
            }
            if ((permission & READABLE) != 0) {
                add(readable, topic, broker, queues.number("readQueueNums", 0));
            }
            if ((permission & WRITABLE) != 0) {
                add(writable, topic, broker, queues.number("writeQueueNums", 0));
            }
        }
        readable.sort(null);
        writable.sort(null);
        String cluster = body.objects("brokerDatas").stream()
                .map(broker -> broker.text("cluster", ""))
                .findFirst()
                .orElse("");
        return new TopicRoute(List.copyOf(readable), List.copyOf(writable), masters, cluster, false);
    }

    /** What a topic will be that is made after this one. */
    TopicRoute asTemplateOf(String topic) {
        List<Partition> partitions = writable.stream()
                .filter(partition -> partition.id() < ASSUMED_PARTITIONS_MAX)
                .map(partition -> new Partition(topic, partition.broker(), partition.id()))
                .toList();
        return new TopicRoute(List.of(), partitions, brokers, cluster, true);
    }

    private static Map<String, HostPort> masters(JsonObject body) {
        Map<String, HostPort> masters = new LinkedHashMap<>();
        for (JsonObject broker : body.objects("brokerDatas")) {
            Optional<HostPort> address =
                    HostPort.parse(broker.object("brokerAddrs").text(MASTER, ""));
            address.ifPresent(known -> masters.put(broker.text("brokerName", ""), known));
        }
        return masters;
    }

    private static void add(List<Partition> partitions, String topic, String broker, long count) {
        for (int id = 0; id < count; id++) {
            partitions.add(new Partition(topic, broker, id));
        }
    }
}
