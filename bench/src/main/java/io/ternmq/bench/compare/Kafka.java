package io.ternmq.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Apache Kafka: one node that is broker and controller, as its own scripts run it, and its own measuring tools.
 *
 * @param libraryFolder its jars
 * @param workFolder    for its log, configuration and output
 */
record Kafka(Path libraryFolder, Path workFolder) implements Contender {
    /** Where clients connect. */
    static final String ADDRESS = "127.0.0.1:" + Ports.KAFKA;

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public Server start(Flush flush) throws IOException, InterruptedException {
        if (flush != Flush.ASYNC) {
            throw new IllegalArgumentException("flush: " + flush + " (expected: ASYNC, as Kafka forces nothing)");
        }
        Path configuration = Folders.emptied(workFolder.resolve("kafka-conf"));
        Path properties = Files.write(
                configuration.resolve("server.properties"),
                properties(Folders.emptied(workFolder.resolve("kafka-data"))));
        run("kafka.tools.StorageTool", List.of("format", "-t", newId(), "-c", properties.toString()));
        ServerProcesses server = new ServerProcesses(workFolder.resolve("logs"));
        server.start("kafka", command("1g", "kafka.Kafka", List.of(properties.toString())), Map.of(), Ports.KAFKA);
        return server;
    }

    /** Runs one of its tools to the end. @return the lines it printed */
    List<String> run(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command("512m", mainClass, arguments))
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                Stream<String> all = output.lines()) {
            lines = all.toList();
        }
        if (process.waitFor() != 0) {
            throw new IOException(mainClass + " failed: " + String.join(System.lineSeparator(), lines));
        }
        return lines;
    }

    private static List<String> properties(Path data) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + Ports.KAFKA_CONTROLLER,
                "listeners=PLAINTEXT://" + ADDRESS + ",CONTROLLER://127.0.0.1:" + Ports.KAFKA_CONTROLLER,
                "advertised.listeners=PLAINTEXT://" + ADDRESS,
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
                "log.dirs=" + data,
                "num.partitions=4",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "group.initial.rebalance.delay.ms=0");
    }

    private List<String> command(String heap, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseG1GC",
                "-cp",
                libraryFolder + "/*",
                mainClass));
        command.addAll(arguments);
        return command;
    }

    private static String newId() {
        UUID id = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits() >>> 1) // an id that begins with '-' would be taken for an option
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public List<Path> distribution() {
        return List.of(libraryFolder);
    }
}
