package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern topic create}. */
@Command(
        name = "create",
        description = {
            "Creates a topic, or changes its number of queues.",
            "With --json it prints an object: topic, queues."
        },
        footer = {"", "Example:", "  tern topic create orders --queues 8"})
final class TopicCreateCommand implements Callable<Integer> {

    private static final int QUEUES_MAX = 65_536;

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "its name")
    private String topic = "";

    @Option(
            names = "--queues",
            paramLabel = "N",
            defaultValue = "4",
            description = "queues on each broker (default: ${DEFAULT-VALUE})")
    private int queueCount;

    TopicCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkTopic(topic);
        Ranges.check("--queues", queueCount, 1, QUEUES_MAX);
        try (Servers servers = server.open(context)) {
            new Topics(servers).put(topic, queueCount);
        }
        context.console()
                .out()
                .println(
                        common.json()
                                ? JsonText.line(Map.of("topic", topic, "queues", queueCount))
                                : "topic " + topic + " has " + queueCount + " queues");
        return ExitStatus.OK;
    }
}
