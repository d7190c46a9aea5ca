package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.json.JsonObject;
import io.ternmq.server.ServerFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what it prints, and how it ends when it is told to. */
class ProgramTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final CommandRun tern = new CommandRun();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void theServerSaysWhereItListensAndStopsCleanlyWhenTerminated() throws Exception {
        int port = freePort();
        String data = folder.resolve("data").toString();
        Process server = start("server", "--port", Integer.toString(port), "--data", data);
        await().atMost(PATIENCE).until(() -> out().contains("recovery"));
        assertThat(out())
                .contains("is ready", "clients   127.0.0.1:" + port)
                .contains("broker    127.0.0.1:" + port + " and " + (port - 2))
                .contains(data + ", flush.mode=sync", "recovery  0 bytes of the log read");
        String address = "127.0.0.1:" + port;
        assertThat(tern.run("pub", "T", "--body", "x", "--timeout", "30", "--connect", address))
                .isEqualTo(ExitStatus.OK);
        server.destroy();
        assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(ExitStatus.OK);
        assertThat(err()).isEqualTo("tern server: stopping\n");
        assertThat(tern.run("log", "dump", data)).isEqualTo(ExitStatus.OK);
        assertThat(tern.out()).contains("topic=T");
    }

    @Test
    void theServerTellsProgramsWhereItListens() throws Exception {
        int port = freePort();
        String data = folder.resolve("data").toString();
        start("server", "--port", Integer.toString(port), "--data", data, "--json");
        await().atMost(PATIENCE).until(() -> out().endsWith("\n"));
        assertThat(out().lines()).hasSize(1);
        JsonObject said = JsonObject.read(out());
        assertThat(said.text("clients", "")).isEqualTo("127.0.0.1:" + port);
        assertThat(said.text("broker", "")).isEqualTo("127.0.0.1:" + port);
        assertThat(said.text("grpc", "")).isEqualTo("127.0.0.1:" + (port - 1));
        assertThat(said.text("data", "")).isEqualTo(data);
        assertThat(said.text("flushMode", "")).isEqualTo("sync");
        assertThat(said.object("recovery").number("damagedRecords", -1)).isZero();
    }

    @Test
    void theServerNamesAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Process server = start("server", "--port", port, "--data", folder.toString());
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isEqualTo(ExitStatus.FAILED);
            assertThat(err())
                    .startsWith("tern server: cannot listen on 127.0.0.1:" + port)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aConsumerThatIsInterruptedCommitsAndLeaves() throws Exception {
        try (var fixture = ServerFixture.start(folder.resolve("data"))) {
            String connect = fixture.address();
            tern.run("pub", "T", "--size", "10", "--count", "5", "--connect", connect);
            Process sub = start("sub", "T", "--group", "G", "--from", "earliest", "--connect", connect);
            await().atMost(PATIENCE).until(() -> out().lines().count() == 5);
            sub.destroy();
            assertThat(sub.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(sub.exitValue()).isEqualTo(ExitStatus.OK);
            assertThat(tern.run("group", "describe", "G", "--connect", connect)).isEqualTo(ExitStatus.OK);
            assertThat(tern.out()).contains("group G: 0 members, lag 0");
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx128m",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    /** Without what newer JVMs say about the libraries. */
    private String err() throws IOException {
        return Files.readString(folder.resolve("err"))
                .lines()
                .filter(line -> !line.startsWith("WARNING: "))
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
