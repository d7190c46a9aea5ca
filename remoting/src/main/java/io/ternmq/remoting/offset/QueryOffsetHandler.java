package io.ternmq.remoting.offset;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/**
 * Tells a consumer where its group goes on. A group that was never there begins with the first message while that is
 * kept; otherwise the consumer decides. When the shard cannot be asked there is no answer: older clients take any error
 * for 'no offset' and would skip messages, while after a time-out they ask again.
 */
public final class QueryOffsetHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public QueryOffsetHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        String topic = request.getRequired("topic");
        int queueId = request.getInt("queueId");
        boolean startsAtZero = request.getBoolean("setZeroIfNotFound", true);
        Command query = StateCommands.readProgress(
                progress -> progress.get(group, topic, queueId), Later.orNever(exchange, offset -> {
                    if (offset >= 0) {
                        found(exchange, offset);
                    } else if (startsAtZero && keepsFirstMessage(topic, queueId)) {
                        found(exchange, 0);
                    } else {
                        exchange.answer(
                                ResponseCode.QUERY_NOT_FOUND,
                                "the group '" + group + "' has no offset for queue " + queueId + " of '" + topic + "'");
                    }
                }));
        if (!access.shard().submit(query)) {
            exchange.leaveUnanswered();
        }
    }

    private boolean keepsFirstMessage(String topicName, int queueId) {
        Topic topic = access.catalog().topic(topicName);
        return topic != null
                && topic.hasQueue(queueId)
                && access.shard().queues().minOffset(topic.queueNo(queueId)) == 0;
    }

    private static void found(Exchange exchange, long offset) {
        exchange.begin(ResponseCode.SUCCESS, null).field("offset", offset);
        exchange.end();
    }
}
