package io.ternmq.server.cli;

import io.ternmq.server.cli.Listing.Column;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
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
    public Integer call() {
        try (Servers servers = server.open(context)) {
            var topics = new Topics(servers);
            var listing = new Listing(
                    new Column("TOPIC", "topic"),
                    new Column("QUEUES", "queues"),
                    new Column("PERMISSION", "permission"));
            for (String name : all ? topics.allNames() : topics.names()) {
                topics.find(name)
                        .ifPresent(route -> listing.row(name, route.readable().size(), PermissionText.of(route)));
            }
            listing.print(common.json(), context.console().out());
        }
        return ExitStatus.OK;
    }
}
