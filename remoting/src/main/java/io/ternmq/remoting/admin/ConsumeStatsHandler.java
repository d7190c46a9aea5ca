package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.access.StoreTimes;
import io.ternmq.remoting.body.ConsumeStatsBody;
import io.ternmq.remoting.body.ConsumeStatsListBody;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows how far groups have consumed. */
public final class ConsumeStatsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public ConsumeStatsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        if (request.code() == RequestCode.GET_BROKER_CONSUME_STATS) {
            allGroups(exchange, request.getBoolean("isOrder", false));
        } else {
            oneGroup(exchange, request);
        }
    }

    private void oneGroup(Exchange exchange, RemotingFrame request) {
        String group = request.getRequired("consumerGroup");
        List<String> asked = topicsAsked(request.get("topic"), request.get("topicList"));
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> GroupProgress.read(
                                progress, group, topics(asked.isEmpty() ? progress.topics(group) : asked)),
                        new Later<>(
                                exchange,
                                found -> access.read(exchange, scratch -> {
                                    ConsumeStatsBody stats = stats(found, scratch);
                                    return () -> exchange.succeed(stats);
                                }))));
    }

    private void allGroups(Exchange exchange, boolean orderedOnly) {
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> byGroup(progress, orderedOnly),
                        new Later<>(
                                exchange,
                                found -> access.read(exchange, scratch -> {
                                    Map<String, List<ConsumeStatsBody>> stats = new TreeMap<>();
                                    found.forEach((group, topics) -> stats.put(
                                            group,
                                            topics.stream()
                                                    .map(topic -> stats(List.of(topic), scratch))
                                                    .toList()));
                                    return () -> exchange.succeed(new ConsumeStatsListBody(
                                            access.identity().address(), stats));
                                }))));
    }

    private Map<String, List<GroupProgress.OfTopic>> byGroup(PendingProgress progress, boolean orderedOnly) {
        Map<String, List<GroupProgress.OfTopic>> all = new TreeMap<>();
        for (GroupConfig group : access.catalog().groups()) {
            List<Topic> topics = topics(progress.topics(group.name())).stream()
                    .filter(topic -> !orderedOnly || topic.config().ordered())
                    .toList();
            all.put(group.name(), GroupProgress.read(progress, group.name(), topics));
        }
        return all;
    }

    private ConsumeStatsBody stats(List<GroupProgress.OfTopic> found, ReadScratch scratch) {
        StoreTimes times = new StoreTimes(access.shard(), scratch);
        Map<QueueName, ConsumeStatsBody.Progress> queues = new LinkedHashMap<>();
        for (GroupProgress.OfTopic one : found) {
            int count = access.readableQueues(one.topic());
            for (int queueId = 0; queueId < count; queueId++) {
                int queueNo = one.topic().queueNo(queueId);
                long offset = one.offset(queueId);
                queues.put(
                        new QueueName(one.topic().name(), access.identity().brokerName(), queueId),
                        new ConsumeStatsBody.Progress(
                                access.shard().queues().maxOffset(queueNo),
                                offset,
                                offset,
                                Math.max(0, times.at(queueNo, offset - 1))));
            }
        }
        return new ConsumeStatsBody(queues);
    }

    private List<Topic> topics(Collection<String> names) {
        Catalog catalog = access.catalog();
        return names.stream()
                .sorted()
                .flatMap(name -> Stream.ofNullable(catalog.topic(name)))
                .toList();
    }

    private static List<String> topicsAsked(@Nullable String topic, @Nullable String topicList) {
        if (topicList != null && !topicList.isBlank()) {
            return List.of(topicList.split(";"));
        }
        return topic == null || topic.isBlank() ? List.of() : List.of(topic);
    }
}
