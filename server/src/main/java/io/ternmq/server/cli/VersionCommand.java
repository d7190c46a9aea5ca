package io.ternmq.server.cli;

import io.ternmq.server.wire.JsonWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tern version}. */
@Command(name = "version", description = "Prints the version of this program and of the Java that runs it.")
final class VersionCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        String version = Version.current();
        String java = Runtime.version().toString();
        console.out()
                .println(
                        output.json()
                                ? JsonWriter.write(Map.of("version", version, "java", java))
                                : "TernMQ " + version + " (Java " + java + ")");
        return ExitStatus.OK;
    }
}
