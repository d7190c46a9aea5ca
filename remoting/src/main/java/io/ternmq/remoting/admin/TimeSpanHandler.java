package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.access.StoreTimes;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.body.TimeSpanBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.ArrayList;
import java.util.List;

/** Shows from when the messages of a topic are, and how far behind a group is in time. */
public final class TimeSpanHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the messages */
    public TimeSpanHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String name = request.getRequired("topic");
        String group = request.getRequired("group");
        Topic topic = access.catalog().topic(name);
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + name + "' does not exist");
            return;
        }
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> GroupProgress.read(progress, group, topic),
                        new Later<>(
                                exchange,
                                found -> access.read(exchange, scratch -> {
                                    TimeSpanBody body = spans(found, scratch);
                                    return () -> exchange.succeed(body);
                                }))));
    }

    private TimeSpanBody spans(GroupProgress.OfTopic found, ReadScratch scratch) {
        StoreTimes times = new StoreTimes(access.shard(), scratch);
        List<TimeSpanBody.QueueSpan> spans = new ArrayList<>();
        int count = access.readableQueues(found.topic());
        for (int queueId = 0; queueId < count; queueId++) {
            int queueNo = found.topic().queueNo(queueId);
            long offset = found.offset(queueId);
            long oldestMs = times.first(queueNo);
            long waitingSinceMs = times.at(queueNo, offset);
            spans.add(new TimeSpanBody.QueueSpan(
                    new QueueName(found.topic().name(), access.identity().brokerName(), queueId),
                    oldestMs,
                    times.last(queueNo),
                    offset > 0 ? times.at(queueNo, offset - 1) : oldestMs,
                    waitingSinceMs == StoreTimes.NONE ? 0 : access.clock().time() - waitingSinceMs));
        }
        return new TimeSpanBody(spans);
    }
}
