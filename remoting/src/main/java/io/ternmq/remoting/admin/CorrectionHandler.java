package io.ternmq.remoting.admin;

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
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows the smallest offset of all groups in each queue of a topic, where that is behind a group to compare with. */
public final class CorrectionHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public CorrectionHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        Topic topic = access.catalog().topic(request.getRequired("topic"));
        String compareGroup = request.get("compareGroup");
        String filterGroups = request.get("filterGroups");
        Set<String> passedOver = filterGroups == null ? Set.of() : Set.of(filterGroups.split(","));
        if (topic == null) {
            exchange.succeed(GroupOffsetsBody.ofQueues("correctionOffsets", Map.of()));
            return;
        }
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> smallest(progress, topic, passedOver, compareGroup),
                        new Later<>(
                                exchange,
                                offsets -> exchange.succeed(GroupOffsetsBody.ofQueues("correctionOffsets", offsets)))));
    }

    private static Map<Integer, Long> smallest(
            PendingProgress progress, Topic topic, Set<String> passedOver, @Nullable String compareGroup) {
        Map<Integer, Long> offsets = new TreeMap<>();
        for (String group : progress.groups(topic.name())) {
            for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
                long offset = progress.get(group, topic.name(), queueId);
                if (offset >= 0 && !passedOver.contains(group)) {
                    offsets.merge(queueId, offset, Math::min);
                }
            }
        }
        if (compareGroup != null) {
            offsets.replaceAll((queueId, offset) ->
                    offset > progress.get(compareGroup, topic.name(), queueId) ? Long.MAX_VALUE : offset);
        }
        return offsets;
    }
}
