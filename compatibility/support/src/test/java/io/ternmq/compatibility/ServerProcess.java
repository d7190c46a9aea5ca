package io.ternmq.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A TernMQ server as users run it: a process of its own with a folder of its own, on a free port of the loopback address. It can be
 * stopped, killed and started again on the same folder and port.
 */
final class ServerProcess implements AutoCloseable {
    private static final Path SERVER_TARGET =
            Path.of(System.getProperty("ternmq.server.target", "../../server/target"));
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final int FIRST_PORT = 20_000;
    private static final int PORT_COUNT = 10_000;
    private static final int PORT_TRIES_MAX = 100;
    private static final Random RANDOM = new Random();

    private final List<String> command;
    private final Path folder;
    private final int port;
    private Process process;

    private ServerProcess(List<String> command, Path folder, int port, Process process) {
        this.command = command;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** A server with these settings. A scenario that needs one is left out when the run is pointed at a broker from outside. */
    static ServerProcess start(Map<String, String> settings) {
        Assumptions.assumeFalse(SharedBroker.isOutside(), "needs a server of its own");
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "server");
            int port = freePort();
            List<String> command = command(folder, port, settings);
            var server = new ServerProcess(command, folder, port, launch(command, folder));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Where gRPC clients connect. */
    String grpcAddress() {
        return "127.0.0.1:" + (port - 1);
    }

    /** Where the broker is asked directly. */
    String brokerAddress() {
        return address();
    }

    /** Ends it as an operator would and waits until it has ended. */
    void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** Ends it without a chance to write another byte (SIGKILL). */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Where its log's segments are. */
    Path segments() {
        return folder.resolve("data").resolve("shard-0").resolve("log");
    }

    /** Starts it again after {@link #stop} or {@link #kill}. */
    void startAgain() {
        startAgain(Map.of());
    }

    /** Starts it again after {@link #stop} or {@link #kill}, this once with other settings besides. */
    void startAgain(Map<String, String> settings) {
        if (process.isAlive()) {
            throw new IllegalStateException("still runs: " + process.pid());
        }
        try {
            var commandNow = new ArrayList<>(command);
            settings.forEach((key, value) -> commandNow.addAll(List.of("--set", key + "=" + value)));
            process = launch(commandNow, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    /** How much memory the process occupies, in bytes. Linux only. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IllegalStateException("no VmRSS of process " + process.pid());
    }

    /** Ends it and deletes its data, but not its log. */
    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Waiting.within(START_TIMEOUT).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with " + process.exitValue() + ": "
                        + Files.readString(folder.resolve("log")));
            }
            return accepts(port) && accepts(port - 1);
        });
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process launch(List<String> command, Path folder) throws IOException {
        File log = folder.resolve("log").toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    private static List<String> command(Path folder, int port, Map<String, String> settings) throws IOException {
        var command = new ArrayList<String>();
        Jdk jdk = Boolean.getBoolean("ternmq.server.newest-jdk") ? Jdk.newestInstalled() : Jdk.own();
        command.add(jdk.command());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx128m", "-XX:MaxDirectMemorySize=96m", "-Xss512k"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of("--add-opens", "java.base/java.nio=ALL-UNNAMED"));
        command.add("-Dio.netty.tryReflectionSetAccessible=true");
        command.add("-Dcom.google.protobuf.use_unsafe_pre22_gencode=true");
        if (jdk.feature() >= 24) {
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", classPath(), "io.ternmq.server.cli.Main", "server"));
        command.addAll(List.of("--data", folder.resolve("data").toString(), "--port", Integer.toString(port)));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        return command;
    }

    /** The server's own class path, which its module writes down when it is built: nothing of the clients' is on it. */
    private static String classPath() throws IOException {
        return SERVER_TARGET.resolve("classes").toAbsolutePath()
                + File.pathSeparator
                + Files.readString(SERVER_TARGET.resolve("runtime-classpath")).strip();
    }

    /** A port that is free together with the two below it, outside the range that outgoing connections use. */
    private static int freePort() {
        for (int tried = 0; tried < PORT_TRIES_MAX; tried++) {
            int port = FIRST_PORT + RANDOM.nextInt(PORT_COUNT);
            if (isFree(port) && isFree(port - 1) && isFree(port - 2)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port after " + PORT_TRIES_MAX + " tries");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
