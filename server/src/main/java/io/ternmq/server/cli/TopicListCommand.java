package io.ternmq.server.cli;

import io.ternmq.server.cli.Listing.Column;
import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.TopicRoute;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.WireException;
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
            var listing = new Listing(
                    new Column("TOPIC", "topic"),
                    new Column("QUEUES", "queues"),
                    new Column("PERMISSION", "permission"));
            for (String name : topics.names()) {
                if (all || SystemNames.isUsers(name)) {
                    Optional<TopicRoute> route = topics.find(name);
                    route.ifPresent(found -> listing.row(
                            found.topic(), found.readQueues().size(), PermissionText.of(found.permission())));
                }
            }
            listing.print(common.json(), context.console().out());
        }
        return ExitStatus.OK;
    }
}
