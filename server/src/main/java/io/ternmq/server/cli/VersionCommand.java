package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tern version}. */
@Command(name = "version", description = "Prints the version of this program and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {

    private final CommandContext context;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    VersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        String version = Version.current();
        String java = Runtime.version().toString();
        String text = "TernMQ " + version + " (Java " + java + ")";
        context.console().out().println(common.json() ? JsonText.line(Map.of("version", version, "java", java)) : text);
        return ExitStatus.OK;
    }
}
