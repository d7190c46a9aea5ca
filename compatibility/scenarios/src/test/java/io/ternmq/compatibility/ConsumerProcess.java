package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/** A push consumer in a process of its own, so that it can be killed. It tells what it is given as long as it lives. */
final class ConsumerProcess implements AutoCloseable {
    /** A line without it was cut off by the kill. */
    private static final String LINE_END = ".";

    private final Process process;
    private final Thread reader;

    private ConsumerProcess(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    static ConsumerProcess start(String address, String group, String topic) throws IOException {
        return start(address, group, topic, new Deliveries(), "other");
    }

    /** Notes what it is given under that name. */
    static ConsumerProcess start(String address, String group, String topic, Deliveries deliveries, String name)
            throws IOException {
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
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var reader = new Thread(() -> read(process, deliveries, name), "reader of " + name);
        reader.start();
        return new ConsumerProcess(process, reader);
    }

    /** Ends it without giving it a chance to say goodbye, and notes the last that it was given. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void read(Process process, Deliveries deliveries, String name) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 4 && words[3].equals(LINE_END)) {
                    var place = new Deliveries.Place(Integer.parseInt(words[0]), Long.parseLong(words[1]));
                    deliveries.add(name, place, words[2]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Consumes until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var clients = new RocketMqClients();
        clients.connectTo(arguments[0]);
        var consumer = clients.newPushConsumer(arguments[1], arguments[2]);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(ConsumerProcess::tell);
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        clients.start(consumer);
        new CountDownLatch(1).await();
    }

    private static void tell(MessageExt message) {
        System.out.println(message.getQueueId() + " " + message.getQueueOffset() + " " + Collected.bodyOf(message) + " "
                + LINE_END);
    }
}
