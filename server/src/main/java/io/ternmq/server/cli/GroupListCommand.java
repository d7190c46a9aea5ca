package io.ternmq.server.cli;

import io.ternmq.client.admin.OwnNames;
import io.ternmq.server.cli.Listing.Column;
import io.ternmq.server.client.GroupProgress;
import io.ternmq.server.client.Groups;
import io.ternmq.server.client.Servers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tern group list}. */
@Command(
        name = "list",
        description = {
            "Lists the consumer groups.",
            "With --json it prints an array of objects: group, members, lag, retryMax."
        },
        footer = {"", "Example:", "  tern group list"})
final class GroupListCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--all", description = "also groups of the server's and its clients' own")
    private boolean all;

    GroupListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Servers servers = server.open(context)) {
            var groups = new Groups(servers);
            var listing = new Listing(
                    new Column("GROUP", "group"),
                    new Column("MEMBERS", "members"),
                    new Column("LAG", "lag"),
                    new Column("RETRIES", "retryMax"));
            for (var entry : groups.configs().entrySet()) {
                String group = entry.getKey();
                if (all || !OwnNames.isGroup(group)) {
                    long lag = groups.progress(group).stream()
                            .mapToLong(GroupProgress::lag)
                            .sum();
                    int members = groups.clients(group).size();
                    listing.row(group, members, lag, entry.getValue().number("retryMaxTimes", 0));
                }
            }
            listing.print(common.json(), context.console().out());
        }
        return ExitStatus.OK;
    }
}
