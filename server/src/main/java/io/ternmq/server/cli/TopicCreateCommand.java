package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.TopicType;
import io.ternmq.server.client.Topics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern topic create}. */
@Command(
        name = "create",
        description = {
            "Creates a topic, or changes its number of queues.",
            "With --json it prints an object: topic, queues, type (where one was said)."
        },
        footer = {"", "Examples:", "  tern topic create orders --queues 8", "  tern topic create steps --type fifo"})
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

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = {
                "the only kind of messages that it takes: normal, fifo, delay or transaction; without it, all of them,",
                "or what was said before. Sends of gRPC clients are held to it, others are not"
            })
    private @Nullable String type;

    TopicCreateCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkTopic(topic);
        Ranges.check("--queues", queueCount, 1, QUEUES_MAX);
        Optional<TopicType> declared = Optional.ofNullable(type).map(TopicCreateCommand::declared);
        try (Servers servers = server.open(context)) {
            Topics topics = new Topics(servers);
            declared.ifPresentOrElse(one -> topics.put(topic, queueCount, one), () -> topics.put(topic, queueCount));
        }
        context.console().out().println(common.json() ? json(declared) : text(declared));
        return ExitStatus.OK;
    }

    private static TopicType declared(String text) {
        return TopicType.parse(text)
                .orElseThrow(() ->
                        new UsageException("--type: '" + text + "' (expected: normal, fifo, delay or transaction)"));
    }

    private String json(Optional<TopicType> declared) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", topic);
        fields.put("queues", queueCount);
        declared.ifPresent(one -> fields.put("type", one.name().toLowerCase(Locale.ROOT)));
        return JsonText.line(fields);
    }

    private String text(Optional<TopicType> declared) {
        return "topic " + topic + " has " + queueCount + " queues"
                + declared.map(one -> " for " + one.name().toLowerCase(Locale.ROOT) + " messages")
                        .orElse("");
    }
}
