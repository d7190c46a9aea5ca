package io.ternmq.bench.compare;

import io.ternmq.bench.measure.ProcessGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server made of child processes. */
final class ServerProcesses implements Server {
    private static final long START_TIMEOUT_MS = 90_000;
    private static final long STOP_TIMEOUT_S = 15;
    private static final long LOOK_MS = 5;

    private final List<Process> processes = new ArrayList<>();
    private final Path logFolder;
    private final long startMs = System.currentTimeMillis();

    ServerProcesses(Path logFolder) throws IOException {
        this.logFolder = Files.createDirectories(logFolder);
    }

    /** Starts one process and waits until it listens. */
    void start(String name, List<String> command, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        Path log = logFolder.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        long deadlineMs = System.currentTimeMillis() + START_TIMEOUT_MS;
        while (!Ports.answers(port)) {
            if (!process.isAlive() || System.currentTimeMillis() > deadlineMs) {
                close();
                throw new IOException(name + " does not listen on port " + port + "; see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    @Override
    public ProcessGroup processes() {
        return new ProcessGroup(processes.stream().map(Process::pid).toList());
    }

    @Override
    public long startMs() {
        return startMs;
    }

    @Override
    public void kill() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        processes.clear();
    }

    /** In the reverse of the order in which they were started. */
    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).destroy();
            awaitEnd(processes.get(i));
        }
        processes.clear();
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
