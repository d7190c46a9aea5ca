package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.log.ReadScratch;
import io.ternmq.protocol.remoting.LanguageCode;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.OffsetTableBody;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.connection.ClientCall;
import io.ternmq.remoting.connection.ClientConnection;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has a group go on somewhere else: by time, or at an offset of one queue. The offsets are stored first; then members
 * that are there are told, who would otherwise go on where they are.
 */
public final class ResetOffsetHandler implements RequestHandler {
    private static final long TO_THE_END = -1;

    private final BrokerAccess access;

    /** @param access the members, and the shard that keeps the offsets */
    public ResetOffsetHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        Reset reset = new Reset(
                request.getRequired("topic"),
                request.getRequired("group"),
                request.getInt("queueId", -1),
                request.getLong("offset", -1),
                request.getLong("timestamp"),
                request.getBoolean("isForce", false));
        Topic topic = access.catalog().topic(reset.topic);
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + reset.topic + "' does not exist");
        } else if (access.catalog().group(reset.group) == null) {
            exchange.answer(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + reset.group + "' does not exist");
        } else if (reset.queueId >= topic.queueCount()) {
            exchange.answer(
                    ResponseCode.INVALID_PARAMETER,
                    "queueId: " + reset.queueId + " (expected: less than " + topic.queueCount() + ")");
        } else {
            access.submit(
                    exchange,
                    StateCommands.readProgress(
                            progress -> GroupProgress.read(progress, reset.group, topic),
                            new Later<>(
                                    exchange,
                                    found -> access.read(exchange, scratch -> {
                                        Map<QueueName, Long> offsets = offsets(reset, found, scratch);
                                        return () -> store(exchange, reset, offsets);
                                    }))));
        }
    }

    private Map<QueueName, Long> offsets(Reset reset, GroupProgress.OfTopic found, ReadScratch scratch) {
        Topic topic = found.topic();
        int from = Math.max(0, reset.queueId);
        int to = reset.queueId >= 0 ? reset.queueId + 1 : access.readableQueues(topic);
        Map<QueueName, Long> offsets = new LinkedHashMap<>();
        for (int queueId = from; queueId < to; queueId++) {
            long wanted = wanted(reset, topic.queueNo(queueId), scratch);
            long known = found.offsets().get(queueId);
            boolean stays = !reset.force && known >= 0 && known < wanted;
            offsets.put(new QueueName(topic.name(), access.identity().brokerName(), queueId), stays ? known : wanted);
        }
        return offsets;
    }

    private long wanted(Reset reset, int queueNo, ReadScratch scratch) {
        if (reset.queueId >= 0 && reset.offset >= 0) {
            return reset.offset;
        }
        return reset.timeMs == TO_THE_END
                ? access.shard().queues().maxOffset(queueNo)
                : access.shard().reader().offsetOfTime(queueNo, reset.timeMs, scratch);
    }

    private void store(Exchange exchange, Reset reset, Map<QueueName, Long> offsets) {
        List<CommittedOffset> rows = offsets.entrySet().stream()
                .map(row -> new CommittedOffset(
                        reset.group, reset.topic, row.getKey().queueId(), row.getValue()))
                .toList();
        access.submit(exchange, StateCommands.resetOffsets(rows, new Later<>(exchange, stored -> {
            tellMembers(reset, new OffsetTableBody(offsets));
            exchange.succeed(new OffsetTableBody(offsets));
        })));
    }

    private void tellMembers(Reset reset, OffsetTableBody offsets) {
        ConsumerGroupView group = access.membership().consumers(reset.group);
        if (group == null) {
            return;
        }
        Map<String, String> fields = Map.of(
                "topic",
                reset.topic,
                "group",
                reset.group,
                "timestamp",
                Long.toString(reset.timeMs),
                "isForce",
                Boolean.toString(reset.force));
        for (Member member : group.members()) {
            boolean readsObjectKeys = !member.language().equals(LanguageCode.name(LanguageCode.CPP));
            byte[] body = readsObjectKeys ? offsets.toBytes() : offsets.asList().toBytes();
            if (member.connection() instanceof ClientConnection client) {
                client.tell(new ClientCall(RequestCode.RESET_CONSUMER_CLIENT_OFFSET, fields, body));
            }
        }
    }

    /** What was asked; without a queue (−1) all of the topic, without an offset (−1) that of the time. */
    private record Reset(String topic, String group, int queueId, long offset, long timeMs, boolean force) {}
}
