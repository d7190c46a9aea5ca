package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandLineTest {

    private final CommandRun tern = new CommandRun();

    @Test
    void printsTheVersionForPeopleAndForPrograms() {
        assertThat(tern.run("version")).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).startsWith("TernMQ ").contains("(Java ");
        assertThat(tern.run("version", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(tern.json().text("version", "")).isNotEmpty();
    }

    @Test
    void listsTheCommands() {
        assertThat(tern.run("--help")).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).contains("server", "version");
    }

    @Test
    void namesAnUnknownCommand() {
        assertThat(tern.run("serv")).isEqualTo(ExitStatus.USAGE);
        assertThat(tern.err()).startsWith("tern: Unmatched argument at index 0: 'serv'");
    }

    @Test
    void refusesAWrongSettingBeforeAnythingStarts() {
        assertThat(tern.run("server", "--set", "flush.mode=maybe")).isEqualTo(ExitStatus.USAGE);
        assertThat(tern.err()).startsWith("tern server: flush.mode: 'maybe' (expected: sync or async) in --set");
    }

    @Test
    void explainsTheServer() {
        assertThat(tern.run("server", "--help")).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).contains("Usage: tern server", "flush.mode = sync");
    }
}
