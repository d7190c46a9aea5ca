package io.ternmq.server.client;

import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.concurrent.CompletableFuture;

/** Reads queues in the name of a group. For any thread. */
public final class MessagePuller {

    /** Tools read in this group's name; it never commits anything. */
    public static final String TOOLS_GROUP = "TOOLS_CONSUMER";

    /** How many messages a tool asks for at a time. */
    public static final int TOOLS_COUNT_MAX = 32;

    /** How long a server may hold a pull that waits for messages. */
    static final long WAIT_MS = 15_000;

    private static final int MAY_WAIT = 1 << 1;
    private static final int BRINGS_SUBSCRIPTION = 1 << 2;

    private final ServerConnections connections;
    private final String group;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     * @param group       who reads
     */
    public MessagePuller(ServerConnections connections, String group) {
        this.connections = connections;
        this.group = group;
    }

    /**
     * Reads what is there.
     *
     * @param queue    which queue
     * @param offset   from where
     * @param countMax how many messages at most
     * @return some messages, or none
     * @throws WireException when the server refuses or does not answer
     */
    public PullAnswer pull(QueueRef queue, long offset, int countMax) throws WireException {
        Request request = request(queue, offset, countMax, BRINGS_SUBSCRIPTION, TagExpression.ALL);
        return PullAnswer.of(connections.callAny(queue.broker(), request), queue, TagExpression.ALL);
    }

    /** Reads what is there, or what comes within {@link #WAIT_MS}. */
    CompletableFuture<Frame> pullOrWait(QueueRef queue, long offset, int countMax, TagExpression tags) {
        Request request = request(queue, offset, countMax, BRINGS_SUBSCRIPTION | MAY_WAIT, tags);
        return connections.send(queue.broker(), request);
    }

    private Request request(QueueRef queue, long offset, int countMax, int flags, TagExpression tags) {
        return new Request(RequestCode.PULL_MESSAGE)
                .field("consumerGroup", group)
                .field("topic", queue.topic())
                .field("queueId", queue.queueId())
                .field("queueOffset", offset)
                .field("maxMsgNums", countMax)
                .field("sysFlag", flags)
                .field("commitOffset", 0)
                .field("suspendTimeoutMillis", WAIT_MS)
                .field("subscription", tags.text())
                .field("subVersion", 0)
                .field("expressionType", "TAG");
    }
}
