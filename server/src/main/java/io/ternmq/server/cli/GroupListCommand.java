package io.ternmq.server.cli;

import io.ternmq.server.client.GroupProgress;
import io.ternmq.server.client.Groups;
import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.WireException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private record Row(String group, int members, long lag, long retryMax) {}

    @Override
    public Integer call() throws WireException {
        try (ServerConnections connections = server.open()) {
            var groups = new Groups(connections);
            List<Row> rows = new ArrayList<>();
            for (var entry : groups.configs().entrySet()) {
                String group = entry.getKey();
                if (all || SystemNames.isUsers(group)) {
                    long lag = groups.progress(group).stream()
                            .mapToLong(GroupProgress::lag)
                            .sum();
                    int members = groups.clients(group).size();
                    rows.add(new Row(group, members, lag, entry.getValue().number("retryMaxTimes", 0)));
                }
            }
            print(rows);
        }
        return ExitStatus.OK;
    }

    private void print(List<Row> rows) {
        if (common.json()) {
            context.console()
                    .out()
                    .println(JsonWriter.write(
                            rows.stream().map(GroupListCommand::fields).toList()));
            return;
        }
        var table = new TextTable("GROUP", "MEMBERS", "LAG", "RETRIES");
        rows.forEach(row -> table.row(row.group(), row.members(), row.lag(), row.retryMax()));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", row.group());
        fields.put("members", row.members());
        fields.put("lag", row.lag());
        fields.put("retryMax", row.retryMax());
        return fields;
    }
}
