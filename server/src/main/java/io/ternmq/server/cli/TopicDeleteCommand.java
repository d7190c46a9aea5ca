package io.ternmq.server.cli;

import io.ternmq.server.client.ServerConnections;
import io.ternmq.server.client.Topics;
import io.ternmq.server.wire.JsonWriter;
import io.ternmq.server.wire.WireException;
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
    public Integer call() throws WireException {
        Names.checkTopic(topic);
        try (ServerConnections connections = server.open()) {
            var topics = new Topics(connections);
            String existing = topics.get(topic).topic();
            topics.delete(existing);
        }
        context.console()
                .out()
                .println(
                        common.json()
                                ? JsonWriter.write(Map.of("topic", topic, "deleted", true))
                                : "topic " + topic + " is deleted");
        return ExitStatus.OK;
    }
}
