package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.GroupOffsetsBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** Shows the committed offsets of all groups. */
public final class AllOffsetsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public AllOffsetsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        access.submit(
                exchange,
                StateCommands.readProgress(
                        this::all, new Later<>(exchange, offsets -> exchange.succeed(new GroupOffsetsBody(offsets)))));
    }

    private Map<String, Map<Integer, Long>> all(PendingProgress progress) {
        Map<String, Map<Integer, Long>> offsets = new TreeMap<>();
        for (GroupConfig group : access.catalog().groups()) {
            for (String topicName : progress.topics(group.name())) {
                Topic topic = access.catalog().topic(topicName);
                if (topic != null) {
                    offsets.put(topicName + "@" + group.name(), ofQueues(progress, group.name(), topic));
                }
            }
        }
        return offsets;
    }

    private static Map<Integer, Long> ofQueues(PendingProgress progress, String group, Topic topic) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
            long offset = progress.get(group, topic.name(), queueId);
            if (offset >= 0) {
                offsets.put(queueId, offset);
            }
        }
        return offsets;
    }
}
