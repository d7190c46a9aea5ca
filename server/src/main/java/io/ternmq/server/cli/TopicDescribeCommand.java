package io.ternmq.server.cli;

import io.ternmq.Partition;
import io.ternmq.client.json.JsonText;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.engine.OffsetRange;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tern topic describe}. */
@Command(
        name = "describe",
        description = {
            "Shows a topic's queues: the first offset that is still there, the end, and the messages between;",
            "and how many messages wait for their delivery time.",
            "With --json it prints an object: topic, permission, waiting,",
            "queues (objects: broker, queue, first, end, messages)."
        },
        footer = {"", "Example:", "  tern topic describe orders"})
final class TopicDescribeCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "its name")
    private String topic = "";

    TopicDescribeCommand(CommandContext context) {
        this.context = context;
    }

    private record QueueExtent(Partition queue, long first, long end) {
        long messages() {
            return end - first;
        }
    }

    @Override
    public Integer call() {
        Names.checkTopic(topic);
        try (Servers servers = server.open(context)) {
            Topics topics = new Topics(servers);
            TopicRoute route = topics.get(topic);
            List<QueueExtent> queues = new ArrayList<>();
            for (Partition queue : route.readable()) {
                OffsetRange range = servers.await(servers.offsets().range(queue));
                queues.add(new QueueExtent(queue, range.begin(), range.end()));
            }
            print(route, queues, topics.waiting(topic));
        }
        return ExitStatus.OK;
    }

    private void print(TopicRoute route, List<QueueExtent> queues, long waiting) {
        String permission = PermissionText.of(route);
        if (common.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("topic", topic);
            fields.put("permission", permission);
            fields.put("waiting", waiting);
            fields.put(
                    "queues", queues.stream().map(TopicDescribeCommand::fields).toList());
            context.console().out().println(JsonText.line(fields));
            return;
        }
        long messages = queues.stream().mapToLong(QueueExtent::messages).sum();
        context.console()
                .out()
                .println("topic " + topic + ": " + queues.size() + " queues, " + permission + ", " + messages
                        + " messages" + (waiting > 0 ? ", " + waiting + " more wait for their time" : ""));
        var table = new TextTable("BROKER", "QUEUE", "FIRST", "END", "MESSAGES");
        queues.forEach(
                row -> table.row(row.queue().broker(), row.queue().id(), row.first(), row.end(), row.messages()));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(QueueExtent extent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", extent.queue().broker());
        fields.put("queue", extent.queue().id());
        fields.put("first", extent.first());
        fields.put("end", extent.end());
        fields.put("messages", extent.messages());
        return fields;
    }
}
