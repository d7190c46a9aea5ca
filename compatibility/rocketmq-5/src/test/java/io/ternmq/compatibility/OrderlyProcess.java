package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.message.MessageExt;

/** A push consumer in order, in a process of its own: with properties of its own, and to be killed. It tells what it holds. */
final class OrderlyProcess implements AutoCloseable {
    /** A line without it was cut off by the kill. */
    private static final String LINE_END = ".";

    private final Process process;
    private final Thread reader;
    private final Runnable gone;

    /**
     * How it consumes.
     *
     * @param properties of the client, which has them for all of its process
     * @param heartbeatMs how often it says that it is there
     * @param heldMs how long it holds each message
     */
    record Ways(Map<String, String> properties, int heartbeatMs, int heldMs) {}

    private OrderlyProcess(Process process, Thread reader, Runnable gone) {
        this.process = process;
        this.reader = reader;
        this.gone = gone;
    }

    /** Notes what it holds under that name. */
    static OrderlyProcess start(String address, String group, String topic, Ways ways, Noted noted) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"));
        command.add("-Duser.home=" + System.getProperty("user.home"));
        ways.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OrderlyProcess.class.getName()));
        command.addAll(List.of(address, group, topic));
        command.addAll(List.of(Integer.toString(ways.heartbeatMs()), Integer.toString(ways.heldMs())));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var reader = new Thread(() -> read(process, noted), "reader of " + noted.name());
        reader.start();
        return new OrderlyProcess(
                process, reader, () -> noted.holdings().gone(noted.name(), System.currentTimeMillis()));
    }

    /** Where what a consumer of that name does is noted. */
    record Noted(String name, Holdings holdings, Deliveries deliveries) {}

    /** Ends it without giving it a chance to say goodbye, and notes the last that it told. */
    void kill() throws InterruptedException {
        // unlike the process's own method this leaves what was told to be read
        boolean unused = process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Ends it as an operator would. */
    void stop() throws InterruptedException {
        boolean unused = process.toHandle().destroy();
        awaitEnd();
    }

    private void awaitEnd() throws InterruptedException {
        process.waitFor();
        reader.join();
        gone.run();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static void read(Process process, Noted noted) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words.length == 6 && words[5].equals(LINE_END)) {
                    note(noted, words);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void note(Noted noted, String[] words) {
        var place = new Deliveries.Place(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        long atMs = Long.parseLong(words[4]);
        if (words[0].equals("holds")) {
            noted.holdings().begin(noted.name(), place, atMs);
            noted.deliveries().add(noted.name(), place, words[3]);
        } else {
            noted.holdings().end(noted.name(), place, atMs);
        }
    }

    /** Consumes until it is ended. */
    public static void main(String[] arguments) throws Exception {
        var clients = new RocketMqClients();
        clients.connectTo(arguments[0]);
        var consumer = clients.newPushConsumer(arguments[1], arguments[2]);
        consumer.setHeartbeatBrokerInterval(Integer.parseInt(arguments[3]));
        consumer.setAwaitTerminationMillisWhenShutdown(5_000);
        int heldMs = Integer.parseInt(arguments[4]);
        consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
            messages.forEach(message -> hold(message, heldMs));
            return ConsumeOrderlyStatus.SUCCESS;
        });
        clients.start(consumer);
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::shutdown));
        new CountDownLatch(1).await();
    }

    private static void hold(MessageExt message, int heldMs) {
        tell("holds", message);
        try {
            boolean unused = new CountDownLatch(1).await(heldMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell("done", message);
    }

    private static void tell(String what, MessageExt message) {
        System.out.println(what + " " + message.getQueueId() + " " + message.getQueueOffset() + " "
                + Collected.bodyOf(message) + " " + System.currentTimeMillis() + " " + LINE_END);
    }
}
