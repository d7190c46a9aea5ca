package io.ternmq.server.cli;

import io.ternmq.InvalidRequestException;
import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.GroupClient;
import io.ternmq.server.client.GroupProgress;
import io.ternmq.server.client.Groups;
import io.ternmq.server.client.Servers;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tern group describe}. */
@Command(
        name = "describe",
        description = {
            "Shows a group's members and how far it is in each queue.",
            "With --json it prints an object: group, members (objects: clientId, address, language, version),"
                    + " queues (objects: topic, broker, queue, end, offset, lag)."
        },
        footer = {"", "Example:", "  tern group describe billing"})
final class GroupDescribeCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "GROUP", description = "its name")
    private String group = "";

    GroupDescribeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkGroup(group);
        try (Servers servers = server.open(context)) {
            var groups = new Groups(servers);
            if (!groups.configs().containsKey(group)) {
                throw new InvalidRequestException(
                        "group '" + group + "' does not exist (expected: one that 'tern group list' shows)");
            }
            List<GroupClient> clients = groups.clients(group);
            List<GroupProgress> queues = groups.progress(group);
            if (common.json()) {
                context.console().out().println(json(clients, queues));
            } else {
                print(context.console().out(), clients, queues);
            }
        }
        return ExitStatus.OK;
    }

    private void print(PrintWriter out, List<GroupClient> clients, List<GroupProgress> queues) {
        long lag = queues.stream().mapToLong(GroupProgress::lag).sum();
        out.println("group " + group + ": " + clients.size() + " members, lag " + lag);
        if (!clients.isEmpty()) {
            var table = new TextTable("MEMBER", "ADDRESS", "LANGUAGE", "VERSION");
            clients.forEach(
                    client -> table.row(client.clientId(), client.address(), client.language(), client.version()));
            table.print(out);
        }
        if (!queues.isEmpty()) {
            var table = new TextTable("TOPIC", "BROKER", "QUEUE", "END", "OFFSET", "LAG");
            queues.forEach(row -> table.row(
                    row.queue().topic(),
                    row.queue().broker(),
                    row.queue().id(),
                    row.endOffset(),
                    row.consumerOffset(),
                    row.lag()));
            table.print(out);
        }
    }

    private String json(List<GroupClient> clients, List<GroupProgress> queues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", group);
        fields.put("members", clients.stream().map(GroupDescribeCommand::fields).toList());
        fields.put("queues", queues.stream().map(GroupDescribeCommand::fields).toList());
        return JsonText.line(fields);
    }

    private static Map<String, Object> fields(GroupClient client) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("clientId", client.clientId());
        fields.put("address", client.address());
        fields.put("language", client.language());
        fields.put("version", client.version());
        return fields;
    }

    private static Map<String, Object> fields(GroupProgress row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", row.queue().topic());
        fields.put("broker", row.queue().broker());
        fields.put("queue", row.queue().id());
        fields.put("end", row.endOffset());
        fields.put("offset", row.consumerOffset());
        fields.put("lag", row.lag());
        return fields;
    }
}
