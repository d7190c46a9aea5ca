package io.ternmq.server.cli;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.engine.OffsetRange;
import io.ternmq.server.client.MessageSearch;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.time.Instant;
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
    public Integer call() {
        Names.checkTopic(topic);
        Ranges.check("--max", countMax, 1, Integer.MAX_VALUE);
        if (fromOffset != null && fromTime != null) {
            throw new UsageException("--from-offset and --from-time together (expected: one of them)");
        }
        try (Servers servers = server.open(context)) {
            TopicRoute route = new Topics(servers).get(topic);
            if (id != null) {
                ReceivedMessage message = new MessageSearch(servers)
                        .byId(topic, id)
                        .orElseThrow(
                                () -> new InvalidRequestException("no message with id '" + id + "' in topic " + topic));
                show(message);
            } else if (key != null) {
                new MessageSearch(servers)
                        .byKey(topic, key, countMax).stream().limit(countMax).forEach(this::show);
            } else {
                browse(servers, queues(route));
            }
        }
        return ExitStatus.OK;
    }

    private List<Partition> queues(TopicRoute route) {
        List<Partition> all = route.readable();
        List<Partition> chosen = all.stream()
                .filter(queue -> queueId == null || queue.id() == queueId)
                .toList();
        if (chosen.isEmpty()) {
            throw new UsageException("--queue: '" + queueId + "' (expected: 0.." + (all.size() - 1) + ")");
        }
        return chosen;
    }

    private void browse(Servers servers, List<Partition> queues) {
        int left = countMax;
        for (Partition queue : queues) {
            OffsetRange range = servers.await(servers.offsets().range(queue));
            long offset = Math.max(first(servers, queue), range.begin());
            while (offset < range.end() && left > 0) {
                var answer = servers.read(queue, offset, Math.min(left, Servers.TOOLS_COUNT_MAX));
                answer.messages().forEach(this::show);
                left -= answer.messages().size();
                if (answer.nextOffset() <= offset) {
                    break;
                }
                offset = answer.nextOffset();
            }
        }
    }

    private long first(Servers servers, Partition queue) {
        if (fromTime != null) {
            Instant time = Instant.ofEpochMilli(TimeArgument.parse("--from-time", fromTime));
            return servers.await(servers.offsets().at(queue, time));
        }
        return fromOffset == null ? 0 : Ranges.check("--from-offset", fromOffset, 0, Long.MAX_VALUE);
    }

    private void show(ReceivedMessage message) {
        context.console().out().println(common.json() ? MessageFormat.json(message) : MessageFormat.line(message, hex));
    }
}
