package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.Servers;
import io.ternmq.server.client.Topics;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tern topic delete}. */
@Command(
        name = "delete",
        description = {
            "Deletes a topic, all its messages and every group's progress in it. It does not ask back.",
            "With --json it prints an object: topic, deleted."
        },
        footer = {"", "Example:", "  tern topic delete orders"})
final class TopicDeleteCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "TOPIC", description = "its name")
    private String topic = "";

    TopicDeleteCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Names.checkTopic(topic);
        try (Servers servers = server.open(context)) {
            var topics = new Topics(servers);
            topics.get(topic);
            topics.delete(topic);
        }
        context.console()
                .out()
                .println(
                        common.json()
                                ? JsonText.line(Map.of("topic", topic, "deleted", true))
                                : "topic " + topic + " is deleted");
        return ExitStatus.OK;
    }
}
