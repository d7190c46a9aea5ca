package io.ternmq.compatibility;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A push consumer in a process of its own, so that it can be killed. */
final class ConsumerProcess implements AutoCloseable {
    private final Process process;

    private ConsumerProcess(Process process) {
        this.process = process;
    }

    static ConsumerProcess start(String address, String group, String topic) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                ConsumerProcess.class.getName(),
                address,
                group,
                topic);
        return new ConsumerProcess(new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Ends it without giving it a chance to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Consumes until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var clients = new RocketMqClients();
        clients.connectTo(arguments[0]);
        clients.consume(arguments[1], arguments[2], new Collected());
        new CountDownLatch(1).await();
    }
}
