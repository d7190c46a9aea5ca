package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
import io.ternmq.server.client.Servers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern dlq purge}. */
@Command(
        name = "purge",
        description = {
            "Deletes all dead letters of a group, for good. It asks first; where nobody can answer it wants --yes.",
            "With --json it prints an object: group, purged."
        },
        footer = {"", "Example:", "  tern dlq purge billing --yes"})
final class DlqPurgeCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "GROUP", description = "whose dead letters")
    private String group = "";

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    DlqPurgeCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Names.checkGroup(group);
        if (!yes && !context.console().terminal()) {
            throw new UsageException("purging the dead letters of group '" + group + "' (expected: --yes)");
        }
        try (Servers servers = server.open(context)) {
            var deadLetters = new DeadLetters(servers);
            long count = deadLetters.queues(group).stream()
                    .mapToLong(DeadLetterQueue::count)
                    .sum();
            if (!yes && !isConfirmed(count)) {
                context.console().err().println("nothing was purged");
                return ExitStatus.FAILED;
            }
            deadLetters.purge(group);
            print(count);
        }
        return ExitStatus.OK;
    }

    private boolean isConfirmed(long count) throws IOException {
        context.console()
                .err()
                .print("Delete " + count + " dead letters of group " + group + " for good? Type 'yes': ");
        context.console().err().flush();
        var reader = new BufferedReader(new InputStreamReader(context.console().in(), StandardCharsets.UTF_8));
        String answer = reader.readLine();
        return answer != null && answer.strip().equals("yes");
    }

    private void print(long count) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("group", group);
        fields.put("purged", count);
        context.console()
                .out()
                .println(common.json() ? JsonText.line(fields) : "purged " + count + " dead letters of group " + group);
    }
}
