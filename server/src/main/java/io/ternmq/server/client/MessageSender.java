package io.ternmq.server.client;

import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.server.wire.Frame;
import io.ternmq.server.wire.Request;
import io.ternmq.server.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochClock;

/** Sends messages of one topic to its queues in turn. For any thread. */
public final class MessageSender {

    private static final String GROUP = "TERN_CLI";

    private final ServerConnections connections;
    private final List<QueueRef> queues;
    private final EpochClock clock;
    private final UniqueIds ids;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Sends nothing yet.
     *
     * @param connections whom to send to
     * @param route       where the topic is
     * @param clock       when messages are made
     * @throws WireException when the topic has no queue that may be written
     */
    public MessageSender(ServerConnections connections, TopicRoute route, EpochClock clock) throws WireException {
        this.connections = connections;
        this.queues = route.writeQueues();
        this.clock = clock;
        this.ids = new UniqueIds(clock);
        if (queues.isEmpty()) {
            throw new WireException("topic '" + route.topic() + "' has no queue that may be written");
        }
    }

    /**
     * Sends a message and waits until it is stored.
     *
     * @param message what
     * @param timeout how long it may take
     * @return where it lies
     * @throws WireException when the server refuses or does not answer
     */
    public SendReceipt send(OutgoingMessage message, Duration timeout) throws WireException {
        QueueRef queue = nextQueue();
        String id = id(message);
        Frame answer = connections.to(queue.broker()).call(request(message, queue, id), timeout);
        return receipt(answer, queue, id);
    }

    /**
     * Sends a message without waiting.
     *
     * @param message what
     * @return completes when it is stored; fails with a {@link WireException}
     */
    public CompletableFuture<SendReceipt> sendAsync(OutgoingMessage message) {
        QueueRef queue = nextQueue();
        String id = id(message);
        return connections.send(queue.broker(), request(message, queue, id)).thenCompose(answer -> {
            try {
                return CompletableFuture.completedFuture(receipt(answer, queue, id));
            } catch (WireException refused) {
                return CompletableFuture.failedFuture(refused);
            }
        });
    }

    private String id(OutgoingMessage message) {
        String own = message.properties().get(PropertyNames.UNIQUE_KEY);
        return own == null ? ids.next() : own;
    }

    private QueueRef nextQueue() {
        return queues.get(Math.floorMod(turn.getAndIncrement(), queues.size()));
    }

    private Request request(OutgoingMessage message, QueueRef queue, String id) {
        Map<String, String> properties = new LinkedHashMap<>(message.properties());
        properties.put(PropertyNames.UNIQUE_KEY, id);
        return new Request(RequestCode.SEND_MESSAGE_V2)
                .field("a", GROUP)
                .field("b", message.topic())
                .field("c", Topics.TEMPLATE)
                .field("d", TopicRoute.NEW_TOPIC_QUEUES_MAX)
                .field("e", queue.queueId())
                .field("f", message.sysFlag())
                .field("g", clock.time())
                .field("h", message.flag())
                .field("i", new String(MessageProperties.format(properties), StandardCharsets.UTF_8))
                .field("j", 0)
                .field("k", false)
                .field("m", false)
                .field("n", queue.brokerName())
                .body(message.body());
    }

    private static SendReceipt receipt(Frame answer, QueueRef queue, String id) throws WireException {
        answer.expectSuccess("send to topic " + queue.topic());
        var stored = new QueueRef(queue.topic(), queue.brokerName(), (int) answer.number("queueId"), queue.broker());
        return new SendReceipt(id, answer.text("msgId"), stored, answer.number("queueOffset"));
    }
}
