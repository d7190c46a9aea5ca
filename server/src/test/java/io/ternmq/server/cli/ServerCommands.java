package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/** Commands against a server; keeps what the last one printed. Options with blanks in them come behind the rest. */
final class ServerCommands {

    private final CommandRun tern = new CommandRun();
    private final String address;

    ServerCommands(String address) {
        this.address = address;
    }

    void succeed(String commandLine, String... more) {
        assertThat(run(commandLine, more)).as("%s%n%s", commandLine, err()).isEqualTo(ExitStatus.OK);
    }

    void fail(String commandLine) {
        assertThat(run(commandLine)).as(commandLine).isEqualTo(ExitStatus.FAILED);
    }

    void misuse(String commandLine) {
        assertThat(run(commandLine)).as(commandLine).isEqualTo(ExitStatus.USAGE);
    }

    private int run(String commandLine, String... more) {
        return tern.run(Stream.of(
                        Stream.of(commandLine.split(" ", -1)),
                        Stream.of(more),
                        Stream.of("--timeout", "30", "--connect", address))
                .flatMap(words -> words)
                .toArray(String[]::new));
    }

    /** A command that asks no server. */
    int alone(String... arguments) {
        return tern.run(arguments);
    }

    /** With something on standard input, and all options said. */
    int withInput(String input, String... arguments) {
        return tern.runWithInput(input, arguments);
    }

    String out() {
        return tern.out();
    }

    String err() {
        return tern.err();
    }

    JsonObject json() {
        return tern.json();
    }

    List<JsonObject> jsonLines() {
        return out().lines().map(JsonObject::read).toList();
    }

    List<String> bodies() {
        return jsonLines().stream().map(line -> line.text("body", "")).toList();
    }
}
