package io.ternmq.server.cli;

import io.ternmq.server.client.QueueOffsets;
import io.ternmq.server.client.QueueRef;
import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.TopicRoute;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.WireException;
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
            "Shows a topic's queues: the first offset that is still there, the end, and the messages between.",
            "With --json it prints an object: topic, permission, queues (objects: broker, queue, first, end, messages)."
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

    private record QueueExtent(QueueRef queue, long first, long end) {
        long messages() {
            return end - first;
        }
    }

    @Override
    public Integer call() throws WireException {
        Names.checkTopic(topic);
        try (ServerConnections connections = server.open()) {
            TopicRoute route = new Topics(connections).get(topic);
            var offsets = new QueueOffsets(connections);
            List<QueueExtent> queues = new ArrayList<>();
            for (QueueRef queue : route.readQueues()) {
                queues.add(new QueueExtent(queue, offsets.min(queue), offsets.max(queue)));
            }
            print(route, queues);
        }
        return ExitStatus.OK;
    }

    private void print(TopicRoute route, List<QueueExtent> queues) {
        String permission = PermissionText.of(route.permission());
        if (common.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("topic", topic);
            fields.put("permission", permission);
            fields.put(
                    "queues", queues.stream().map(TopicDescribeCommand::fields).toList());
            context.console().out().println(JsonWriter.write(fields));
            return;
        }
        long messages = queues.stream().mapToLong(QueueExtent::messages).sum();
        context.console()
                .out()
                .println("topic " + topic + ": " + queues.size() + " queues, " + permission + ", " + messages
                        + " messages");
        var table = new TextTable("BROKER", "QUEUE", "FIRST", "END", "MESSAGES");
        queues.forEach(row ->
                table.row(row.queue().brokerName(), row.queue().queueId(), row.first(), row.end(), row.messages()));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(QueueExtent extent) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("broker", extent.queue().brokerName());
        fields.put("queue", extent.queue().queueId());
        fields.put("first", extent.first());
        fields.put("end", extent.end());
        fields.put("messages", extent.messages());
        return fields;
    }
}
