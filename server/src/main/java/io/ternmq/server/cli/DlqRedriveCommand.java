package io.ternmq.server.cli;

import io.ternmq.InvalidRequestException;
import io.ternmq.TernMQException;
import io.ternmq.UnavailableException;
import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
import io.ternmq.server.client.MessageSearch;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.Redriver;
import io.ternmq.server.client.Servers;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern dlq redrive}. */
@Command(
        name = "redrive",
        description = {
            "Sends dead letters of a group to the topic that each came from: chosen ones, or all that were not redriven yet. They stay"
                    + " where they are, marked. Run again it goes on where it stopped; what was under way when it was cut short may"
                    + " come twice. A chosen one that was redriven before is sent again.",
            "With --json it prints an object: group, redriven, topics (counts by topic), failed (objects: offset, id, reason), left."
        },
        footer = {
            "",
            "Examples:",
            "  tern dlq redrive billing --all",
            "  tern dlq redrive billing --all --rate 10",
            "  tern dlq redrive billing --offset 4 --offset 7",
            "  tern dlq redrive billing --id 7F0000010B2018B4AAC2512C4C7E0000"
        })
final class DlqRedriveCommand implements Callable<Integer> {

    private static final int RATE_MAX = 100_000;

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "GROUP", description = "whose dead letters")
    private String group = "";

    @Option(names = "--all", description = "all that were not redriven yet")
    private boolean all;

    @Option(names = "--offset", paramLabel = "N", description = "the one at this offset; may be repeated")
    private List<Long> offsets = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "the one with this id; may be repeated")
    private List<String> ids = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "how many a second at most (default: ${DEFAULT-VALUE})")
    private int rate;

    DlqRedriveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        check();
        try (Servers servers = server.open(context)) {
            var deadLetters = new DeadLetters(servers);
            List<DeadLetterQueue> queues = deadLetters.queues(group);
            if (!all && queues.size() > 1) {
                throw new UsageException("group '" + group + "' has dead letters on " + queues.size()
                        + " brokers, where an offset names several (expected: --all)");
            }
            var redriver = new Redriver(servers);
            var pace = new Pace(rate, context.nanoClock());
            var report = new RedriveReport(context, group);
            for (DeadLetterQueue queue : queues) {
                try (var redrive = new Redrive(deadLetters, queue, redriver, pace)) {
                    report.watch(redrive, queue);
                    redrive(servers, queue, redrive, report);
                } catch (TernMQException failed) {
                    throw new UnavailableException(
                            failed.getMessage() + " (after " + report.count() + " that were redriven)", failed);
                }
            }
            report.print(common.json());
            return report.failed() ? ExitStatus.FAILED : ExitStatus.OK;
        }
    }

    private void check() {
        Names.checkGroup(group);
        Ranges.check("--rate", rate, 1, RATE_MAX);
        offsets.forEach(offset -> Ranges.check("--offset", offset, 0, Long.MAX_VALUE));
        boolean chosen = !offsets.isEmpty() || !ids.isEmpty();
        if (all == chosen) {
            throw new UsageException(
                    all
                            ? "--all together with --offset or --id (expected: one of them)"
                            : "nothing is chosen (expected: --all, --offset or --id)");
        }
    }

    private void redrive(Servers servers, DeadLetterQueue queue, Redrive redrive, RedriveReport report) {
        if (all) {
            redriveAll(servers, queue, redrive, report);
            return;
        }
        for (long offset : offsets) {
            redrive.send(at(servers, queue, offset));
        }
        for (String id : ids) {
            ReceivedMessage message = new MessageSearch(servers)
                    .byId(DeadLetters.topic(group), id)
                    .orElseThrow(
                            () -> new InvalidRequestException("no dead letter with id '" + id + "' of group " + group));
            redrive.send(message);
        }
    }

    private void redriveAll(Servers servers, DeadLetterQueue queue, Redrive redrive, RedriveReport report) {
        long offset = queue.firstLeftOffset();
        while (offset < queue.endOffset()) {
            var answer = servers.read(queue.queue(), offset, Servers.TOOLS_COUNT_MAX);
            for (ReceivedMessage message : answer.messages()) {
                redrive.nothing(offset, message.queueOffset());
                if (queue.isRedriven(message)) {
                    redrive.pass(message);
                } else {
                    redrive.send(message);
                    report.progress();
                }
                offset = message.queueOffset() + 1;
            }
            redrive.nothing(offset, answer.nextOffset());
            if (answer.nextOffset() <= offset && answer.messages().isEmpty()) {
                break;
            }
            offset = Math.max(offset, answer.nextOffset());
        }
    }

    private ReceivedMessage at(Servers servers, DeadLetterQueue queue, long offset) {
        if (offset >= queue.minOffset() && offset < queue.endOffset()) {
            for (ReceivedMessage message :
                    servers.read(queue.queue(), offset, 1).messages()) {
                if (message.queueOffset() == offset) {
                    return message;
                }
            }
        }
        throw new InvalidRequestException("no dead letter at offset " + offset + " of group " + group + " (expected: "
                + queue.minOffset() + ".." + (queue.endOffset() - 1) + ")");
    }
}
