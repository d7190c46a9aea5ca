package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.StoreTimes;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.body.TopicStatsBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/** Shows what the queues of a topic hold. */
public final class TopicStatsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the topics */
    public TopicStatsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String name = request.getRequired("topic");
        Topic topic = access.catalog().topic(name);
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + name + "' does not exist");
            return;
        }
        access.read(exchange, scratch -> {
            TopicStatsBody stats = stats(topic, scratch);
            return () -> exchange.succeed(stats);
        });
    }

    private TopicStatsBody stats(Topic topic, ReadScratch scratch) {
        StoreTimes times = new StoreTimes(access.shard(), scratch);
        QueueIndex queues = access.shard().queues();
        Map<QueueName, TopicStatsBody.QueueRange> ranges = new LinkedHashMap<>();
        int count = Math.max(topic.config().writeQueues(), access.readableQueues(topic));
        for (int queueId = 0; queueId < count; queueId++) {
            int queueNo = topic.queueNo(queueId);
            ranges.put(
                    new QueueName(topic.name(), access.identity().brokerName(), queueId),
                    new TopicStatsBody.QueueRange(
                            queues.minOffset(queueNo), queues.maxOffset(queueNo), Math.max(0, times.last(queueNo))));
        }
        return new TopicStatsBody(
                ranges,
                access.traffic()
                        .figures(Traffic.Direction.SENT, topic.name(), "")
                        .minute()
                        .messagesPerSecond());
    }
}
