package io.ternmq.server.client;

import io.ternmq.InvalidRequestException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.route.Routes;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.List;
import java.util.Optional;

/** Looks after topics. For any thread. */
public final class Topics {

    private static final int READ_AND_WRITE = 6;

    private final Servers servers;

    /**
     * Asks nothing yet.
     *
     * @param servers whom to ask
     */
    public Topics(Servers servers) {
        this.servers = servers;
    }

    /**
     * Lists the topics that users made.
     *
     * @return names in alphabetical order
     */
    public List<String> names() {
        return servers.await(servers.admin().topics());
    }

    /**
     * Lists all topics of the cluster.
     *
     * @return names in alphabetical order, those that groups and the server itself use included
     */
    public List<String> allNames() {
        String what = "list the topics";
        return servers.askNameServer(
                () -> servers.call(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, what), answer -> {
                    if (answer.code() != ResponseCode.SUCCESS) {
                        throw Failures.refused(what, answer);
                    }
                    return JsonObject.read(answer.body()).texts("topicList").stream()
                            .sorted()
                            .toList();
                });
    }

    /**
     * Finds where a topic is now.
     *
     * @param topic its name
     * @return empty when there is no such topic
     */
    public Optional<TopicRoute> find(String topic) {
        servers.routes().forget(topic);
        TopicRoute route = servers.await(servers.routes().route(topic));
        return route.brokers().isEmpty() ? Optional.empty() : Optional.of(route);
    }

    /**
     * Finds where a topic is that must be there.
     *
     * @param topic its name
     * @return its route
     * @throws InvalidRequestException when there is no such topic
     */
    public TopicRoute get(String topic) {
        return find(topic)
                .orElseThrow(() -> new InvalidRequestException(
                        "topic '" + topic + "' does not exist (expected: one that 'tern topic list' shows)"));
    }

    /**
     * Counts messages with a delivery time that has not come.
     *
     * @param topic where they will be
     * @return how many
     */
    public long waiting(String topic) {
        return servers.await(servers.admin().waiting(topic));
    }

    /**
     * Creates a topic on every broker, or changes its number of queues.
     *
     * @param topic      its name
     * @param queueCount queues on each broker
     */
    public void put(String topic, int queueCount) {
        put(topic, queueCount, "");
    }

    /**
     * Creates a topic on every broker, or changes its number of queues and the kind of messages that it takes.
     *
     * @param topic      its name
     * @param queueCount queues on each broker
     * @param type       the only kind that it takes from now on
     */
    public void put(String topic, int queueCount, TopicType type) {
        put(topic, queueCount, type.attribute());
    }

    private void put(String topic, int queueCount, String attributes) {
        servers.askBrokers(broker -> servers.call(RequestCode.UPDATE_AND_CREATE_TOPIC, "create topic " + topic)
                .field("topic", topic)
                .field("defaultTopic", Routes.TEMPLATE_TOPIC)
                .field("readQueueNums", queueCount)
                .field("writeQueueNums", queueCount)
                .field("perm", READ_AND_WRITE)
                .field("topicFilterType", "SINGLE_TAG")
                .field("topicSysFlag", 0)
                .field("order", false)
                .field("attributes", attributes)
                .expect(broker));
    }

    /**
     * Deletes a topic and all its messages everywhere.
     *
     * @param topic its name
     * @return whether there was one
     */
    public boolean delete(String topic) {
        return servers.await(servers.admin().deleteTopic(topic));
    }
}
