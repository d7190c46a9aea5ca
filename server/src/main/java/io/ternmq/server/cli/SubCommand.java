package io.ternmq.server.cli;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.server.client.GroupMember;
import io.ternmq.server.client.ReceivedMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern sub}. */
@Command(
        name = "sub",
        description = {
            "Consumes a topic as a member of a group, beside the group's other members, until Ctrl-C.",
            "With --json it prints a line for each message: topic, queue, offset, id, offsetId, tag, keys, bornMs,"
                    + " storedMs, reconsumeTimes, properties, body (or bodyBase64 where it is not text)."
        },
        footer = {
            "",
            "Examples:",
            "  tern sub orders --group billing --from earliest",
            "  tern sub orders --group audit --tag 'paid || refunded' --json",
            "  tern sub orders --group billing --count 10 --wait 5"
        })
final class SubCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "what to consume")
    private String topic = "";

    @Option(names = "--group", paramLabel = "GROUP", required = true, description = "the group to be a member of")
    private String group = "";

    @Option(names = "--tag", paramLabel = "TAGS", defaultValue = "*", description = "only these tags, such as 'a || b'")
    private String tags = "*";

    @Option(
            names = "--from",
            paramLabel = "earliest|latest",
            defaultValue = "latest",
            description = "where a new group begins (default: ${DEFAULT-VALUE})")
    private String from = "";

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "end after N messages")
    private long countMax;

    @Option(names = "--wait", paramLabel = "SECONDS", description = "end when no message came for so long")
    private int waitSeconds;

    SubCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkTopic(topic);
        Names.checkGroup(group);
        Ranges.check("--count", countMax, 0, Long.MAX_VALUE);
        Ranges.check("--wait", waitSeconds, 0, 86_400);
        var wish = new GroupMember.Wish(group, topic, filter(), startAt());
        long count;
        try (var signal = new StopSignal();
                var member = new GroupMember(server.open(context), wish, this::notice)) {
            signal.onStop(member::wakeUp);
            member.join();
            count = consume(member, signal);
        }
        if (countMax > 0 && count < countMax) {
            String until = waitSeconds > 0 ? "within " + waitSeconds + " s" : "until it was stopped";
            context.console()
                    .err()
                    .println("tern sub: " + count + " messages " + until + " (expected: " + countMax + ")");
            return ExitStatus.FAILED;
        }
        return ExitStatus.OK;
    }

    private long consume(GroupMember member, StopSignal signal) {
        Duration wait = waitSeconds == 0 ? FOR_EVER : Duration.ofSeconds(waitSeconds);
        long count = 0;
        while (!signal.isStopped() && (countMax == 0 || count < countMax)) {
            ReceivedMessage message = member.next(wait);
            if (message == null) {
                if (waitSeconds > 0) {
                    return count;
                }
                continue;
            }
            context.console()
                    .out()
                    .println(common.json() ? MessageFormat.json(message) : MessageFormat.line(message, false));
            if (context.console().out().checkError()) {
                return count; // nobody reads us any more: the message is not consumed
            }
            member.done();
            count++;
        }
        return count;
    }

    /** Nothing between the bars, or a star among them, is no wish for a tag. */
    private Filter filter() {
        String[] wanted = Arrays.stream(tags.split("\\|\\|", -1))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .toArray(String[]::new);
        return wanted.length == 0 || List.of(wanted).contains("*") ? Filter.all() : Filter.tags(wanted);
    }

    private StartAt startAt() {
        return switch (from) {
            case "earliest" -> StartAt.EARLIEST;
            case "latest" -> StartAt.LATEST;
            default -> throw new UsageException("--from: '" + from + "' (expected: earliest or latest)");
        };
    }

    private void notice(String text) {
        context.console().err().println("tern sub: " + text);
    }
}
