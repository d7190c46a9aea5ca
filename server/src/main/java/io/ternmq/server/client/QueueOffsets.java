package io.ternmq.server.client;

import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.util.OptionalLong;

/** Asks for and stores offsets. For any thread. */
public final class QueueOffsets {

    private final ServerConnections connections;

    /**
     * Asks nothing yet.
     *
     * @param connections whom to ask
     */
    public QueueOffsets(ServerConnections connections) {
        this.connections = connections;
    }

    /**
     * The oldest message that is still there.
     *
     * @param queue which queue
     * @return its offset; the end of the queue when there is none
     * @throws WireException when the server does not say
     */
    public long min(QueueRef queue) throws WireException {
        return Math.max(0, offset(inQueue(RequestCode.GET_MIN_OFFSET, queue), queue));
    }

    /**
     * The end of a queue.
     *
     * @param queue which queue
     * @return the offset that the next message will get
     * @throws WireException when the server does not say
     */
    public long max(QueueRef queue) throws WireException {
        return offset(inQueue(RequestCode.GET_MAX_OFFSET, queue), queue);
    }

    /**
     * Where a moment lies in a queue.
     *
     * @param queue  which queue
     * @param timeMs milliseconds since 1970
     * @return offset of the first message stored at or after the moment; the end of the queue when there is none
     * @throws WireException when the server does not say
     */
    public long atTime(QueueRef queue, long timeMs) throws WireException {
        Request request = inQueue(RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, queue)
                .field("timestamp", timeMs)
                .field("boundaryType", "lower");
        return offset(request, queue);
    }

    /**
     * How far a group is.
     *
     * @param group which group
     * @param queue in which queue
     * @return offset of the next message for the group; empty when it never committed one
     * @throws WireException when the server does not say
     */
    public OptionalLong committed(String group, QueueRef queue) throws WireException {
        Request request = inQueue(RequestCode.QUERY_CONSUMER_OFFSET, queue)
                .field("consumerGroup", group)
                .field("setZeroIfNotFound", false);
        Frame answer = connections.callAny(queue.broker(), request);
        if (answer.code() == ResponseCode.QUERY_NOT_FOUND) {
            return OptionalLong.empty();
        }
        answer.expectSuccess("ask for the offset of group " + group + " in " + queue);
        return OptionalLong.of(answer.number("offset"));
    }

    /**
     * Stores how far a group is.
     *
     * @param group  which group
     * @param queue  in which queue
     * @param offset of the next message for the group
     * @throws WireException when the server refuses
     */
    public void commit(String group, QueueRef queue, long offset) throws WireException {
        Request request = inQueue(RequestCode.UPDATE_CONSUMER_OFFSET, queue)
                .field("consumerGroup", group)
                .field("commitOffset", offset);
        connections.call(queue.broker(), request, "commit offset " + offset + " of group " + group + " in " + queue);
    }

    private static Request inQueue(int code, QueueRef queue) {
        return new Request(code).field("topic", queue.topic()).field("queueId", queue.queueId());
    }

    private long offset(Request request, QueueRef queue) throws WireException {
        return connections
                .call(queue.broker(), request, "ask for an offset in " + queue)
                .number("offset");
    }
}
