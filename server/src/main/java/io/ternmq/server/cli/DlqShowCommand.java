package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.Servers;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern dlq show}. */
@Command(
        name = "show",
        description = {
            "Shows a group's dead letters, the oldest first, with the topic each came from.",
            "With --json it prints a line for each message, as 'tern sub --json' does, with originTopic and redriven."
        },
        footer = {
            "",
            "Examples:",
            "  tern dlq show billing",
            "  tern dlq show billing --left --max 100 --json",
            "  tern dlq show billing --from-offset 40"
        })
final class DlqShowCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "GROUP", description = "whose dead letters")
    private String group = "";

    @Option(names = "--from-offset", paramLabel = "N", description = "begin at this offset")
    private long fromOffset;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "20",
            description = "how many messages at most (default: ${DEFAULT-VALUE})")
    private int countMax;

    @Option(names = "--left", description = "only those that were not redriven")
    private boolean onlyLeft;

    @Option(names = "--hex", description = "show bodies in hex")
    private boolean hex;

    private int shownCount;

    DlqShowCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkGroup(group);
        Ranges.check("--max", countMax, 1, Integer.MAX_VALUE);
        Ranges.check("--from-offset", fromOffset, 0, Long.MAX_VALUE);
        try (Servers servers = server.open(context)) {
            for (DeadLetterQueue queue : new DeadLetters(servers).queues(group)) {
                show(servers, queue);
            }
        }
        return ExitStatus.OK;
    }

    private void show(Servers servers, DeadLetterQueue queue) {
        long offset = Math.max(fromOffset, onlyLeft ? queue.firstLeftOffset() : queue.minOffset());
        while (offset < queue.endOffset() && shownCount < countMax) {
            var answer = servers.read(queue.queue(), offset, Servers.TOOLS_COUNT_MAX);
            for (ReceivedMessage message : answer.messages()) {
                show(message, queue.isRedriven(message));
            }
            if (answer.nextOffset() <= offset) {
                break;
            }
            offset = answer.nextOffset();
        }
    }

    private void show(ReceivedMessage message, boolean redriven) {
        if (shownCount >= countMax || (redriven && onlyLeft)) {
            return;
        }
        shownCount++;
        String origin = DeadLetters.originTopic(message).orElse("");
        if (common.json()) {
            Map<String, Object> fields = MessageFormat.fields(message);
            fields.put("originTopic", origin);
            fields.put("redriven", redriven);
            context.console().out().println(JsonText.line(fields));
        } else {
            String note = "  from=" + (origin.isEmpty() ? "?" : origin) + (redriven ? "  redriven" : "");
            context.console().out().println(MessageFormat.line(message, hex) + note);
        }
    }
}
