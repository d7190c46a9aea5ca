package io.ternmq.server.cli;

import io.ternmq.server.cli.Listing.Column;
import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
import io.ternmq.server.client.Servers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tern dlq list}. */
@Command(
        name = "list",
        description = {
            "Lists the groups that have dead letters: how many there are, and how many were not redriven.",
            "With --json it prints an array of objects: group, deadLetters, redriven, left."
        },
        footer = {"", "Example:", "  tern dlq list"})
final class DlqListCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    DlqListCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (Servers servers = server.open(context)) {
            var deadLetters = new DeadLetters(servers);
            var listing = new Listing(
                    new Column("GROUP", "group"),
                    new Column("DEAD LETTERS", "deadLetters"),
                    new Column("REDRIVEN", "redriven"),
                    new Column("LEFT", "left"));
            for (String group : deadLetters.groups()) {
                List<DeadLetterQueue> queues = deadLetters.queues(group);
                long count = queues.stream().mapToLong(DeadLetterQueue::count).sum();
                long left =
                        queues.stream().mapToLong(DeadLetterQueue::leftCount).sum();
                listing.row(group, count, count - left, left);
            }
            listing.print(common.json(), context.console().out());
        }
        return ExitStatus.OK;
    }
}
