package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.JsonReader;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.List;
import java.util.Optional;

/** Looks after topics. For any thread. */
public final class Topics {

    /** The topic whose route says how topics are made by the first message sent to them. */
    static final String TEMPLATE = "TBW102";

    private static final int READ_AND_WRITE = 6;

    private final ServerConnections connections;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     */
    public Topics(ServerConnections connections) {
        this.connections = connections;
    }

    /**
     * Lists the topics of the cluster.
     *
     * @return names in alphabetical order, those that groups and the server itself use included
     * @throws WireException when the server does not say
     */
    public List<String> names() throws WireException {
        var request = new Request(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER);
        Frame answer = connections.call(connections.nameServer(), request, "list the topics");
        return JsonReader.object(answer.body()).list("topicList").stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    /**
     * Finds where a topic is.
     *
     * @param topic its name
     * @return empty when there is no such topic
     * @throws WireException when the server does not say
     */
    public Optional<TopicRoute> find(String topic) throws WireException {
        Request request = new Request(RequestCode.GET_ROUTEINFO_BY_TOPIC)
                .field("topic", topic)
                .field("acceptStandardJsonOnly", true);
        Frame answer = connections.callAny(connections.nameServer(), request);
        if (answer.code() == ResponseCode.TOPIC_NOT_EXIST) {
            return Optional.empty();
        }
        answer.expectSuccess("find topic " + topic);
        return Optional.of(TopicRoute.of(topic, JsonReader.object(answer.body())));
    }

    /**
     * Finds where a topic is that must be there.
     *
     * @param topic its name
     * @return its route
     * @throws WireException when there is no such topic or the server does not say
     */
    public TopicRoute get(String topic) throws WireException {
        return find(topic)
                .orElseThrow(() -> new WireException(
                        "topic '" + topic + "' does not exist (expected: one that 'tern topic list' shows)"));
    }

    /**
     * Finds where messages of a topic go, or would go, if the first message makes the topic.
     *
     * @param topic its name
     * @return its route, or one like it
     * @throws WireException when there is no such topic and it would not be made
     */
    public TopicRoute getOrTemplate(String topic) throws WireException {
        Optional<TopicRoute> route = find(topic);
        if (route.isEmpty()) {
            route = find(TEMPLATE).map(template -> template.asTemplateOf(topic));
        }
        return route.orElseThrow(() -> new WireException(
                "topic '" + topic + "' does not exist, and the server does not create topics by itself"));
    }

    /**
     * Finds where a topic is, and creates it when it is not there.
     *
     * @param topic      its name
     * @param queueCount queues on each broker of a new topic
     * @return its route
     * @throws WireException when a server refuses
     */
    public TopicRoute getOrCreate(String topic, int queueCount) throws WireException {
        if (find(topic).isEmpty()) {
            put(topic, queueCount);
        }
        return get(topic);
    }

    /**
     * Creates a topic on every broker, or changes its number of queues.
     *
     * @param topic      its name
     * @param queueCount queues on each broker
     * @throws WireException when a server refuses
     */
    public void put(String topic, int queueCount) throws WireException {
        for (HostPort broker : connections.brokers()) {
            Request request = new Request(RequestCode.UPDATE_AND_CREATE_TOPIC)
                    .field("topic", topic)
                    .field("defaultTopic", TEMPLATE)
                    .field("readQueueNums", queueCount)
                    .field("writeQueueNums", queueCount)
                    .field("perm", READ_AND_WRITE)
                    .field("topicFilterType", "SINGLE_TAG")
                    .field("topicSysFlag", 0)
                    .field("order", false);
            connections.call(broker, request, "create topic " + topic);
        }
    }

    /**
     * Deletes a topic and all its messages everywhere.
     *
     * @param topic its name
     * @throws WireException when a server refuses
     */
    public void delete(String topic) throws WireException {
        for (HostPort broker : connections.brokers()) {
            Request request = new Request(RequestCode.DELETE_TOPIC_IN_BROKER).field("topic", topic);
            connections.call(broker, request, "delete topic " + topic);
        }
        Request request = new Request(RequestCode.DELETE_TOPIC_IN_NAMESRV).field("topic", topic);
        connections.call(connections.nameServer(), request, "delete topic " + topic);
    }
}
