package io.ternmq.server.cli;

import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.server.client.MessageSender;
import io.ternmq.server.client.OutgoingMessage;
import io.ternmq.server.client.Servers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tern pub}. */
@Command(
        name = "pub",
        description = {
            "Sends messages: one with --body, --file or --size, or one for each line of standard input.",
            "With --json it prints a line for each message: topic, broker, queue, offset, id, offsetId."
        },
        footer = {
            "",
            "Examples:",
            "  tern pub orders --body 'hello' --tag paid --key 42",
            "  tern pub orders --size 1024 --count 100000",
            "  tail -f app.log | tern pub logs"
        })
final class PubCommand implements Callable<Integer> {

    private static final int DELAY_LEVEL_MAX = 18;

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final BodyOptions bodies = new BodyOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "where to")
    private String topic = "";

    @Option(names = "--key", paramLabel = "KEY", description = "a key to find the message by; may be repeated")
    private List<String> keys = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "a tag to select messages by")
    private String tag = "";

    @Option(names = "--property", paramLabel = "NAME=VALUE", description = "a property; may be repeated")
    private Map<String, String> properties = Map.of();

    @Option(
            names = "--delay-level",
            paramLabel = "1..18",
            description = "deliver later: 1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h")
    private int delayLevel;

    PubCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        Names.checkTopic(topic);
        Ranges.check("--delay-level", delayLevel, 0, DELAY_LEVEL_MAX);
        Map<String, String> noted = noted();
        try (Servers servers = server.open(context);
                MessageBodies source = bodies.open(context.console().in())) {
            var sender = new MessageSender(servers, topic);
            var publication = new Publication(context, sender, server.timeout(), common.json());
            byte[] body = source.next();
            while (body.length > 0) {
                publication.send(new OutgoingMessage(topic, noted, body));
                body = source.next();
            }
            publication.finish();
        }
        return ExitStatus.OK;
    }

    private Map<String, String> noted() {
        Map<String, String> noted = new LinkedHashMap<>(properties);
        if (!keys.isEmpty()) {
            noted.put(PropertyNames.KEYS, String.join(" ", keys));
        }
        if (!tag.isEmpty()) {
            noted.put(PropertyNames.TAGS, tag);
        }
        if (delayLevel > 0) {
            noted.put(PropertyNames.DELAY_LEVEL, Integer.toString(delayLevel));
        }
        return noted;
    }
}
