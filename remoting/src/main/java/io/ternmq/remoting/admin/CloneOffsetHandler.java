package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a group go on where another one is. */
public final class CloneOffsetHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps the offsets */
    public CloneOffsetHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String from = request.getRequired("srcGroup");
        String to = request.getRequired("destGroup");
        String onlyTopic = request.get("topic");
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> cloned(progress, from, to, onlyTopic),
                        new Later<>(
                                exchange,
                                offsets -> access.submit(
                                        exchange,
                                        StateCommands.resetOffsets(
                                                offsets, new Later<>(exchange, stored -> exchange.succeed()))))));
    }

    private List<CommittedOffset> cloned(PendingProgress progress, String from, String to, @Nullable String onlyTopic) {
        Collection<String> topics =
                onlyTopic == null || onlyTopic.isBlank() ? progress.topics(from) : List.of(onlyTopic);
        List<CommittedOffset> offsets = new ArrayList<>();
        for (String name : topics) {
            Topic topic = access.catalog().topic(name);
            for (int queueId = 0; topic != null && queueId < topic.queueCount(); queueId++) {
                long offset = progress.get(from, name, queueId);
                if (offset >= 0) {
                    offsets.add(new CommittedOffset(to, name, queueId, offset));
                }
            }
        }
        return offsets;
    }
}
