package io.ternmq.server.cli;

import io.ternmq.server.client.MessagePuller;
import io.ternmq.server.client.MessageSearch;
import io.ternmq.server.client.PullAnswer;
import io.ternmq.server.client.QueueOffsets;
import io.ternmq.server.client.QueueRef;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.TopicRoute;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.WireException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern list}. */
@Command(
        name = "list",
        description = {
            "Shows messages of a topic, queue by queue, without consuming them; or those with a key; or the one with an id.",
            "With --json it prints a line for each message, as 'tern sub --json' does."
        },
        footer = {
            "",
            "Examples:",
            "  tern list orders --max 5",
            "  tern list orders --queue 0 --from-offset 1000",
            "  tern list orders --from-time 2026-01-31T12:00:00Z --json",
            "  tern list orders --key 42"
        })
final class ListCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "whose messages")
    private String topic = "";

    @Option(names = "--queue", paramLabel = "N", description = "only this queue")
    private @Nullable Integer queueId;

    @Option(names = "--from-offset", paramLabel = "N", description = "begin at this offset of each queue")
    private @Nullable Long fromOffset;

    @Option(names = "--from-time", paramLabel = "TIME", description = "begin with messages stored then")
    private @Nullable String fromTime;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "20",
            description = "how many messages at most (default: ${DEFAULT-VALUE})")
    private int countMax;

    @Option(names = "--key", paramLabel = "KEY", description = "only messages with this key")
    private @Nullable String key;

    @Option(names = "--id", paramLabel = "ID", description = "only the message with this id")
    private @Nullable String id;

    @Option(names = "--hex", description = "show bodies in hex")
    private boolean hex;

    ListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws WireException {
        Names.checkTopic(topic);
        Ranges.check("--max", countMax, 1, Integer.MAX_VALUE);
        if (fromOffset != null && fromTime != null) {
            throw new UsageException("--from-offset and --from-time together (expected: one of them)");
        }
        try (ServerConnections connections = server.open()) {
            TopicRoute route = new Topics(connections).get(topic);
            if (id != null) {
                ReceivedMessage message = new MessageSearch(connections)
                        .byId(route, id)
                        .orElseThrow(() -> new WireException("no message with id '" + id + "' in topic " + topic));
                show(message);
            } else if (key != null) {
                new MessageSearch(connections)
                        .byKey(route, key, countMax).stream().limit(countMax).forEach(this::show);
            } else {
                browse(connections, queues(route));
            }
        }
        return ExitStatus.OK;
    }

    private List<QueueRef> queues(TopicRoute route) {
        List<QueueRef> all = route.readQueues();
        List<QueueRef> chosen = all.stream()
                .filter(queue -> queueId == null || queue.queueId() == queueId)
                .toList();
        if (chosen.isEmpty()) {
            throw new UsageException("--queue: '" + queueId + "' (expected: 0.." + (all.size() - 1) + ")");
        }
        return chosen;
    }

    private void browse(ServerConnections connections, List<QueueRef> queues) throws WireException {
        var offsets = new QueueOffsets(connections);
        var puller = new MessagePuller(connections, MessagePuller.TOOLS_GROUP);
        int left = countMax;
        for (QueueRef queue : queues) {
            long offset = Math.max(first(offsets, queue), offsets.min(queue));
            long end = offsets.max(queue);
            while (offset < end && left > 0) {
                PullAnswer answer = puller.pull(queue, offset, Math.min(left, MessagePuller.TOOLS_COUNT_MAX));
                answer.messages().forEach(this::show);
                left -= answer.messages().size();
                if (answer.nextOffset() <= offset) {
                    break;
                }
                offset = answer.nextOffset();
            }
        }
    }

    private long first(QueueOffsets offsets, QueueRef queue) throws WireException {
        if (fromTime != null) {
            return offsets.atTime(queue, TimeArgument.parse("--from-time", fromTime));
        }
        return fromOffset == null ? 0 : Ranges.check("--from-offset", fromOffset, 0, Long.MAX_VALUE);
    }

    private void show(ReceivedMessage message) {
        context.console().out().println(common.json() ? MessageFormat.json(message) : MessageFormat.line(message, hex));
    }
}
