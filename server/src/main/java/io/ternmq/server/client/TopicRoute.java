package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.server.wire.JsonObject;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the queues of a topic are.
 *
 * @param topic   its name
 * @param brokers who has queues of it
 */
public record TopicRoute(String topic, List<Share> brokers) {

    /** A topic that its first message makes gets no more queues than this, as every RocketMQ client wishes. */
    static final int NEW_TOPIC_QUEUES_MAX = 4;

    private static final int READABLE = 4;
    private static final int WRITABLE = 2;

    /**
     * A broker's part of a topic.
     *
     * @param brokerName  its name
     * @param address     where it listens
     * @param readQueues  how many queues may be read
     * @param writeQueues how many queues may be written
     * @param permission  RocketMQ's bits: 4 read, 2 write, 1 inherit
     */
    public record Share(String brokerName, HostPort address, int readQueues, int writeQueues, int permission) {}

    /** Takes a route from a name server's answer. */
    static TopicRoute of(String topic, JsonObject json) throws WireException {
        Map<String, HostPort> addressByName = new HashMap<>();
        for (JsonObject broker : json.objects("brokerDatas")) {
            addressByName.put(broker.text("brokerName", ""), masterAddress(broker));
        }
        List<Share> shares = new ArrayList<>();
        for (JsonObject queues : json.objects("queueDatas")) {
            String name = queues.text("brokerName", "");
            HostPort address = addressByName.get(name);
            if (address != null) {
                shares.add(new Share(
                        name,
                        address,
                        (int) queues.number("readQueueNums", 0),
                        (int) queues.number("writeQueueNums", 0),
                        (int) queues.number("perm", 0)));
            }
        }
        if (shares.isEmpty()) {
            throw new WireException("the route of topic " + topic + " names no broker");
        }
        return new TopicRoute(topic, shares);
    }

    /** @throws WireException when the broker has no address that can be connected to */
    static HostPort masterAddress(JsonObject broker) throws WireException {
        String address = broker.object("brokerAddrs").text("0", "");
        return HostPort.parse(address)
                .orElseThrow(() -> new WireException("address of broker " + broker.text("brokerName", "?") + ": '"
                        + address + "' (expected: host:port)"));
    }

    /** The route that a new topic will have when it is made after this one. */
    TopicRoute asTemplateOf(String newTopic) {
        List<Share> shares = brokers.stream().map(TopicRoute::ofNewTopic).toList();
        return new TopicRoute(newTopic, shares);
    }

    private static Share ofNewTopic(Share template) {
        int queues = Math.min(NEW_TOPIC_QUEUES_MAX, template.writeQueues());
        return new Share(template.brokerName(), template.address(), queues, queues, template.permission());
    }

    /**
     * The queues that messages can be read from.
     *
     * @return sorted
     */
    public List<QueueRef> readQueues() {
        return brokers.stream()
                .filter(share -> (share.permission() & READABLE) != 0)
                .flatMap(share -> IntStream.range(0, share.readQueues()).mapToObj(id -> queue(share, id)))
                .sorted()
                .toList();
    }

    /**
     * The queues that messages can be sent to.
     *
     * @return sorted
     */
    public List<QueueRef> writeQueues() {
        return brokers.stream()
                .filter(share -> (share.permission() & WRITABLE) != 0)
                .flatMap(share -> IntStream.range(0, share.writeQueues()).mapToObj(id -> queue(share, id)))
                .sorted()
                .toList();
    }

    /**
     * What may be done with the topic.
     *
     * @return RocketMQ's bits, of its first broker
     */
    public int permission() {
        return brokers.get(0).permission();
    }

    private QueueRef queue(Share share, int queueId) {
        return new QueueRef(topic, share.brokerName(), queueId, share.address());
    }
}
