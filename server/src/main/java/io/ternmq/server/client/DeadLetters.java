package io.ternmq.server.client;

import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks after the messages that groups could not handle. What was sent again is kept by the server as a setting, one for each
 * queue of dead letters. For any thread.
 */
public final class DeadLetters {

    private static final String TOPIC_PREFIX = "%DLQ%";
    private static final String NAMESPACE = "TERN_DLQ_REDRIVEN";

    private final ServerConnections connections;
    private final Topics topics;
    private final QueueOffsets offsets;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     */
    public DeadLetters(ServerConnections connections) {
        this.connections = connections;
        this.topics = new Topics(connections);
        this.offsets = new QueueOffsets(connections);
    }

    /**
     * Lists the groups that have a place for dead letters.
     *
     * @return their names, in alphabetical order
     * @throws WireException when the server does not say
     */
    public List<String> groups() throws WireException {
        return topics.names().stream()
                .filter(topic -> topic.startsWith(TOPIC_PREFIX))
                .map(topic -> topic.substring(TOPIC_PREFIX.length()))
                .toList();
    }

    /**
     * Finds where a group's dead letters are.
     *
     * @param group its name
     * @return the route of their topic
     * @throws WireException when it has none, or the server does not say
     */
    public TopicRoute route(String group) throws WireException {
        return topics.find(TOPIC_PREFIX + group)
                .orElseThrow(() -> new WireException(
                        "group '" + group + "' has no dead letters (expected: one that 'tern dlq list' shows)"));
    }

    /**
     * Finds a group's dead letters.
     *
     * @param group its name
     * @return one a broker, with what was sent again
     * @throws WireException when it has none, or the server does not say
     */
    public List<DeadLetterQueue> queues(String group) throws WireException {
        List<DeadLetterQueue> found = new ArrayList<>();
        for (QueueRef queue : route(group).readQueues()) {
            RedriveMarks marks = RedriveMarks.parse(keptMarks(queue));
            long minOffset = offsets.min(queue);
            if (marks.floor() > minOffset && !isWitnessThere(queue, marks)) {
                marks.forgetFloor();
            }
            found.add(new DeadLetterQueue(queue, minOffset, offsets.max(queue), marks));
        }
        return found;
    }

    /**
     * Keeps what was sent again.
     *
     * @param queue with its marks
     * @throws WireException when the server refuses
     */
    public void keepMarks(DeadLetterQueue queue) throws WireException {
        Request request = setting(RequestCode.PUT_KV_CONFIG, queue.queue())
                .field("value", queue.marks().text());
        connections.call(connections.nameServer(), request, "note what was redriven from " + queue.queue());
    }

    /**
     * Deletes all dead letters of a group.
     *
     * @param group its name
     * @throws WireException when it has none, or the server refuses
     */
    public void purge(String group) throws WireException {
        TopicRoute route = route(group);
        topics.delete(route.topic());
        for (QueueRef queue : route.readQueues()) {
            connections.call(
                    connections.nameServer(), setting(RequestCode.DELETE_KV_CONFIG, queue), "forget marks of " + queue);
        }
    }

    private boolean isWitnessThere(QueueRef queue, RedriveMarks marks) throws WireException {
        if (marks.witnessOffset() < 0) {
            return false;
        }
        var puller = new MessagePuller(connections, MessagePuller.TOOLS_GROUP);
        return puller.pull(queue, marks.witnessOffset(), 1).messages().stream()
                .anyMatch(message -> message.queueOffset() == marks.witnessOffset()
                        && message.position() == marks.witnessPosition());
    }

    private String keptMarks(QueueRef queue) throws WireException {
        Frame answer = connections.callAny(connections.nameServer(), setting(RequestCode.GET_KV_CONFIG, queue));
        if (answer.code() == ResponseCode.QUERY_NOT_FOUND) {
            return "";
        }
        return answer.expectSuccess("ask what was redriven from " + queue).text("value");
    }

    private static Request setting(int code, QueueRef queue) {
        return new Request(code).field("namespace", NAMESPACE).field("key", queue.toString());
    }

    /**
     * Tells where a dead letter came from.
     *
     * @param message a dead letter
     * @return the topic it was sent to first; empty when it does not say
     */
    public static Optional<String> originTopic(ReceivedMessage message) {
        return Redriver.originTopic(message.properties());
    }
}
