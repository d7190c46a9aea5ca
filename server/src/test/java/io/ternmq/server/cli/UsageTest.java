package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no server is needed for: help, and everything that is wrong before one is asked. */
class UsageTest {

    private final CommandRun tern = new CommandRun();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pub",
                "sub",
                "list",
                "topic list",
                "topic create",
                "topic describe",
                "topic delete",
                "group list",
                "group describe",
                "group reset",
                "dlq list",
                "dlq show",
                "dlq redrive",
                "dlq purge",
                "bench"
            })
    void everyCommandExplainsItselfWithExamples(String command) {
        assertThat(tern.run((command + " --help").split(" "))).isEqualTo(ExitStatus.OK);
        assertThat(tern.out())
                .contains("Usage: tern " + command, "--connect", "--json", "Example", "  tern " + command);
        assertThat(tern.out()).contains("With --json it prints");
        assertThat(tern.err()).isEmpty();
    }

    @Test
    void theLogDumpExplainsItselfToo() {
        assertThat(tern.run("log", "dump", "--help")).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).contains("Usage: tern log dump", "--from", "--json", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic", "group"})
    void familiesListTheirCommands(String family) {
        assertThat(tern.run(family, "--help")).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).contains("list", "describe");
        assertThat(tern.run(family)).isEqualTo(ExitStatus.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pub orders --connect nowhere --body x | --connect: 'nowhere' (expected: host:port",
                "pub orders --body x --size 5          | --body, --file and --size together (expected: one of them)",
                "pub orders --count 5                  | --count: '5' (expected: together with --body",
                "pub orders --body x --count 0         | --count: '0' (expected: a number, 1..",
                "pub orders --body x --delay-level 19  | --delay-level: '19' (expected: a number, 0..18)",
                "pub orders --file /no/such/file       | --file: '/no/such/file' (expected: a file that exists)",
                "pub or/ders --body x                  | TOPIC: 'or/ders' (expected: 1..255 letters",
                "pub orders --count many --body x      | Invalid value for option '--count': 'many'",
                "pub --body x                          | Missing required parameter: 'TOPIC'",
                "sub orders                            | Missing required option: '--group=GROUP'",
                "sub orders --group g --from middle    | --from: 'middle' (expected: earliest or latest)",
                "sub orders --group g --count -1       | --count: '-1' (expected: a number, 0..",
                "list orders --from-offset 1 --from-time 2026-01-01 | --from-offset and --from-time together",
                "topic create orders --type ordered    | --type: 'ordered' (expected: normal, fifo, delay or transaction)",
                "topic create orders --queues 0        | --queues: '0' (expected: a number, 1..65536)",
                "group reset g --topic t --to never    | --to: 'never' (expected: a time such as",
                "dlq redrive g                         | nothing is chosen (expected: --all, --offset or --id)",
                "dlq redrive g --all --offset 4        | --all together with --offset or --id (expected: one of them)",
                "dlq redrive g --all --rate 0          | --rate: '0' (expected: a number, 1..100000)",
                "dlq show g --max 0                    | --max: '0' (expected: a number, 1..",
                "dlq purge g                           | (expected: --yes)",
                "bench --threads 0                     | --threads: '0' (expected: a number, 1..1024)",
                "topic remove orders                   | Unmatched arguments from index 1: 'remove', 'orders'",
                "version --colour                      | Unknown option: '--colour'"
            })
    void namesWhatIsWrongInOneLine(String commandLine, String message) {
        assertThat(tern.run(commandLine.trim().split(" +"))).isEqualTo(ExitStatus.USAGE);
        assertThat(tern.err()).contains(message.trim()).doesNotContain("\tat ");
        assertThat(tern.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(tern.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topic list", "sub orders --group g", "pub orders --body x", "group list", "bench"})
    void saysWhereNobodyListens(String command) throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        String[] arguments = (command + " --connect 127.0.0.1:" + port).split(" ");
        assertThat(tern.run(arguments)).isEqualTo(ExitStatus.FAILED);
        assertThat(tern.err()).contains("cannot connect to 127.0.0.1:" + port).doesNotContain("\tat ");
        assertThat(tern.err().lines()).hasSize(1);
    }

    @Test
    void showsTheStackTraceOnlyWhenAsked() {
        assertThat(tern.run("topic", "list", "--connect", "127.0.0.1:1", "--verbose"))
                .isEqualTo(ExitStatus.FAILED);
        assertThat(tern.err()).contains("\tat io.ternmq");
    }

    @Test
    void withoutACommandItListsThem() {
        assertThat(tern.run()).isEqualTo(ExitStatus.USAGE);
        assertThat(tern.err()).contains("server", "pub", "sub", "topic", "group", "log", "bench", "version");
    }
}
