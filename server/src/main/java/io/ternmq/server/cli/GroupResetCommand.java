package io.ternmq.server.cli;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.Groups;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.time.Instant;
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
    public Integer call() {
        Names.checkGroup(group);
        Names.checkTopic(topic);
        Instant time = switch (to) {
            case "earliest" -> Instant.EPOCH;
            case "latest" -> Instant.MAX;
            default -> Instant.ofEpochMilli(TimeArgument.parse("--to", to));
        };
        try (Servers servers = server.open(context)) {
            new Topics(servers).get(topic);
            print(new Groups(servers).reset(group, topic, time));
        }
        return ExitStatus.OK;
    }

    private void print(Map<Partition, Long> offsets) {
        if (common.json()) {
            List<Map<String, Object>> queues = offsets.entrySet().stream()
                    .map(entry -> fields(entry.getKey(), entry.getValue()))
                    .toList();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("group", group);
            fields.put("topic", topic);
            fields.put("queues", queues);
            context.console().out().println(JsonText.line(fields));
            return;
        }
        var table = new TextTable("BROKER", "QUEUE", "OFFSET");
        offsets.forEach((queue, offset) -> table.row(queue.broker(), queue.id(), offset));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(Partition queue, long offset) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", queue.broker());
        fields.put("queue", queue.id());
        fields.put("offset", offset);
        return fields;
    }
}
