package io.ternmq.compatibility;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;

/** A consumer by lease in a process of its own that never comes to an end with what it is given. */
final class PopConsumerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private PopConsumerProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static PopConsumerProcess start(String address, String group, String topic) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + System.getProperty("user.home"),
                "-cp",
                System.getProperty("java.class.path"),
                PopConsumerProcess.class.getName(),
                address,
                group,
                topic);
        return new PopConsumerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** Waits until it is given a message. @return the message's body */
    String awaitHeld() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("holds ")) {
                return line.substring("holds ".length());
            }
        }
        throw new IOException("the consumer ended");
    }

    /** Ends it without giving it a chance to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Holds whatever it is given until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var clients = new RocketMqClients();
        clients.connectTo(arguments[0]);
        var never = new CountDownLatch(1);
        PopScenario.consume(clients, arguments[1], arguments[2], (MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> System.out.println("holds " + Collected.bodyOf(message)));
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ConsumeConcurrentlyStatus.RECONSUME_LATER;
        });
        never.await();
    }
}
