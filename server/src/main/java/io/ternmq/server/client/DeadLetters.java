package io.ternmq.server.client;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.OffsetRange;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
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

    private final Servers servers;
    private final Topics topics;

    /**
     * Asks nothing yet.
     *
     * @param servers whom to ask
     */
    public DeadLetters(Servers servers) {
        this.servers = servers;
        this.topics = new Topics(servers);
    }

    /**
     * Lists the groups that have a place for dead letters.
     *
     * @return their names, in alphabetical order
     */
    public List<String> groups() {
        return topics.allNames().stream()
                .filter(topic -> topic.startsWith(TOPIC_PREFIX))
                .map(topic -> topic.substring(TOPIC_PREFIX.length()))
                .toList();
    }

    /**
     * Names the topic of a group's dead letters.
     *
     * @param group its name
     * @return the topic, which need not exist
     */
    public static String topic(String group) {
        return TOPIC_PREFIX + group;
    }

    private TopicRoute route(String group) {
        return topics.find(topic(group))
                .orElseThrow(() -> new InvalidRequestException(
                        "group '" + group + "' has no dead letters (expected: one that 'tern dlq list' shows)"));
    }

    /**
     * Finds a group's dead letters.
     *
     * @param group its name
     * @return one a broker, with what was sent again
     * @throws InvalidRequestException when it has none
     */
    public List<DeadLetterQueue> queues(String group) {
        List<DeadLetterQueue> found = new ArrayList<>();
        for (Partition queue : route(group).readable()) {
            RedriveMarks marks = RedriveMarks.parse(keptMarks(queue));
            OffsetRange range = servers.await(servers.offsets().range(queue));
            if (marks.floor() > range.begin() && !isWitnessThere(queue, marks)) {
                marks.forgetFloor();
            }
            found.add(new DeadLetterQueue(queue, range.begin(), range.end(), marks));
        }
        return found;
    }

    /**
     * Keeps what was sent again.
     *
     * @param queue with its marks
     */
    public void keepMarks(DeadLetterQueue queue) {
        askNameServer(
                RequestCode.PUT_KV_CONFIG,
                "note what was redriven from " + queue.queue(),
                queue.queue(),
                queue.marks().text());
    }

    /**
     * Deletes all dead letters of a group.
     *
     * @param group its name
     * @throws InvalidRequestException when it has none
     */
    public void purge(String group) {
        TopicRoute route = route(group);
        topics.delete(topic(group));
        for (Partition queue : route.readable()) {
            askNameServer(RequestCode.DELETE_KV_CONFIG, "forget marks of " + queue, queue, "");
        }
    }

    private void askNameServer(int code, String what, Partition queue, String value) {
        servers.askNameServer(() -> setting(code, what, queue).field("value", value), answer -> {
            if (answer.code() != ResponseCode.SUCCESS) {
                throw Failures.refused(what, answer);
            }
            return true;
        });
    }

    private boolean isWitnessThere(Partition queue, RedriveMarks marks) {
        if (marks.witnessOffset() < 0) {
            return false;
        }
        return servers.read(queue, marks.witnessOffset(), 1).messages().stream()
                .anyMatch(message -> message.queueOffset() == marks.witnessOffset()
                        && message.position() == marks.witnessPosition());
    }

    private String keptMarks(Partition queue) {
        String what = "ask what was redriven from " + queue;
        return servers.askNameServer(
                () -> setting(RequestCode.GET_KV_CONFIG, what, queue), answer -> switch (answer.code()) {
                    case ResponseCode.SUCCESS -> answer.getRequired("value");
                    case ResponseCode.QUERY_NOT_FOUND -> "";
                    default -> throw Failures.refused(what, answer);
                });
    }

    private Call setting(int code, String what, Partition queue) {
        return servers.call(code, what).field("namespace", NAMESPACE).field("key", queue.toString());
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
