package io.ternmq.server.cli;

import io.ternmq.server.client.Groups;
import io.ternmq.server.client.QueueRef;
import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.TopicRoute;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.WireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern group reset}. */
@Command(
        name = "reset",
        description = {
            "Makes a group go on elsewhere in a topic; consumers that are connected follow.",
            "With --json it prints an object: group, topic, queues (objects: broker, queue, offset)."
        },
        footer = {
            "",
            "Examples:",
            "  tern group reset billing --topic orders --to earliest",
            "  tern group reset billing --topic orders --to 2026-01-31T12:00:00Z"
        })
final class GroupResetCommand implements Callable<Integer> {

    private static final long END = -1;

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "GROUP", description = "its name")
    private String group = "";

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "in which topic")
    private String topic = "";

    @Option(
            names = "--to",
            paramLabel = "earliest|latest|TIME",
            required = true,
            description = "where to go on: the oldest message, the end, or what was stored then")
    private String to = "";

    GroupResetCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws WireException {
        Names.checkGroup(group);
        Names.checkTopic(topic);
        long timeMs = switch (to) {
            case "earliest" -> 0;
            case "latest" -> END;
            default -> TimeArgument.parse("--to", to);
        };
        try (ServerConnections connections = server.open()) {
            TopicRoute route = new Topics(connections).get(topic);
            print(new Groups(connections).reset(group, route, timeMs));
        }
        return ExitStatus.OK;
    }

    private void print(Map<QueueRef, Long> offsets) {
        if (common.json()) {
            List<Map<String, Object>> queues = offsets.entrySet().stream()
                    .map(entry -> fields(entry.getKey(), entry.getValue()))
                    .toList();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("group", group);
            fields.put("topic", topic);
            fields.put("queues", queues);
            context.console().out().println(JsonWriter.write(fields));
            return;
        }
        var table = new TextTable("BROKER", "QUEUE", "OFFSET");
        offsets.forEach((queue, offset) -> table.row(queue.brokerName(), queue.queueId(), offset));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(QueueRef queue, long offset) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", queue.brokerName());
        fields.put("queue", queue.queueId());
        fields.put("offset", offset);
        return fields;
    }
}
