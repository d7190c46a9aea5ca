package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.LaneMember;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.connection.ClientConnection;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to take.
 *
 * @param group its consumer group
 * @param topic of the messages
 * @param queueId of the topic, or {@link LeaseWait#ANY_QUEUE}
 * @param countMax so many at most
 * @param invisibleMs for how long
 * @param deadlineMs until when it waits, by the shard's time; 0 not to wait
 * @param fromLatest where a new group begins whose first message has gone: at the end
 * @param ordered whether it wants one message of a kind at a time
 * @param expressionType the language of {@code expression}; empty for tags
 * @param expression which messages; empty for all
 * @param member of which lane the client is
 */
record PopRequest(
        String group,
        String topic,
        int queueId,
        int countMax,
        long invisibleMs,
        long deadlineMs,
        boolean fromLatest,
        boolean ordered,
        String expressionType,
        String expression,
        LaneMember member) {
    /** Stands where RocketMQ numbers a queue of its own. */
    static final int REVIVE_QUEUE_UNORDERED = 0;
    /** By this number clients know that they consume in order. */
    static final int REVIVE_QUEUE_ORDERED = 999;

    private static final int FROM_LATEST = 1;

    /**
     * @param connection that the request came on
     * @param nowMs the shard's time
     */
    static PopRequest read(RemotingFrame request, ClientConnection connection, long nowMs) {
        return new PopRequest(
                request.getRequired("consumerGroup"),
                request.getRequired("topic"),
                request.getInt("queueId"),
                LeaseLimits.count(request.getInt("maxMsgNums")),
                request.getLong("invisibleTime"),
                LeaseLimits.deadlineMs(request.getLong("pollTime", 0), nowMs),
                request.getInt("initMode", 0) == FROM_LATEST,
                request.getBoolean("order", false),
                orEmpty(request.get("expType")),
                orEmpty(request.get("exp")),
                LaneFields.member(request, connection));
    }

    LeaseWait.Request wanted(IntPredicate tagFilter, boolean withRetries) {
        return new LeaseWait.Request(
                group, topic, queueId, fromLatest, tagFilter, ordered, withRetries, deadlineMs, member);
    }

    /** @param rates what it has passed */
    TakeMessages.Terms terms(Gate rates, long nowMs) {
        return new TakeMessages.Terms(
                rates.messagesMax(countMax, nowMs), rates.bytesMax(LeaseLimits.BYTES_MAX, nowMs), invisibleMs);
    }

    int reviveQueueId() {
        return ordered ? REVIVE_QUEUE_ORDERED : REVIVE_QUEUE_UNORDERED;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
