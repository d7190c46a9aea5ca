package io.ternmq.server.cli;

import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.TopicRoute;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tern topic list}. */
@Command(
        name = "list",
        description = {"Lists the topics.", "With --json it prints an array of objects: topic, queues, permission."},
        footer = {"", "Example:", "  tern topic list --json"})
final class TopicListCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--all", description = "also retry and dead-letter topics and those of the server itself")
    private boolean all;

    TopicListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws WireException {
        try (ServerConnections connections = server.open()) {
            var topics = new Topics(connections);
            List<TopicRoute> routes = new ArrayList<>();
            for (String name : topics.names()) {
                if (all || SystemNames.isUsers(name)) {
                    Optional<TopicRoute> route = topics.find(name);
                    route.ifPresent(routes::add);
                }
            }
            print(routes);
        }
        return ExitStatus.OK;
    }

    private void print(List<TopicRoute> routes) {
        if (common.json()) {
            context.console()
                    .out()
                    .println(JsonWriter.write(
                            routes.stream().map(TopicListCommand::fields).toList()));
            return;
        }
        var table = new TextTable("TOPIC", "QUEUES", "PERMISSION");
        routes.forEach(
                route -> table.row(route.topic(), route.readQueues().size(), PermissionText.of(route.permission())));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(TopicRoute route) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", route.topic());
        fields.put("queues", route.readQueues().size());
        fields.put("permission", PermissionText.of(route.permission()));
        return fields;
    }
}
