package io.ternmq.server.cli;

import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
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

    private record Row(String group, long count, long left) {
        long redriven() {
            return count - left;
        }
    }

    @Override
    public Integer call() throws WireException {
        try (ServerConnections connections = server.open()) {
            var deadLetters = new DeadLetters(connections);
            List<Row> rows = new ArrayList<>();
            for (String group : deadLetters.groups()) {
                List<DeadLetterQueue> queues = deadLetters.queues(group);
                long count = queues.stream().mapToLong(DeadLetterQueue::count).sum();
                long left =
                        queues.stream().mapToLong(DeadLetterQueue::leftCount).sum();
                rows.add(new Row(group, count, left));
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
                            rows.stream().map(DlqListCommand::fields).toList()));
            return;
        }
        var table = new TextTable("GROUP", "DEAD LETTERS", "REDRIVEN", "LEFT");
        rows.forEach(row -> table.row(row.group(), row.count(), row.redriven(), row.left()));
        table.print(context.console().out());
    }

    private static Map<String, Object> fields(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", row.group());
        fields.put("deadLetters", row.count());
        fields.put("redriven", row.redriven());
        fields.put("left", row.left());
        return fields;
    }
}
