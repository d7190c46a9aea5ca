package io.ternmq.client.reply;

import io.netty.buffer.ByteBufUtil;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.Partition;
import io.ternmq.UnavailableException;
import io.ternmq.client.member.Presence;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.message.Origin;
import io.ternmq.client.message.PropertiesText;
import io.ternmq.client.message.RecordReader;
import io.ternmq.client.route.Routes;
import io.ternmq.client.send.Sender;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.protocol.message.ReservedProperties;
import io.ternmq.protocol.remoting.BadFieldException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Sends requests and gives answers to them. Thread-safe. */
public final class Replies {

    private static final String REPLY_TOPIC_SUFFIX = "_REPLY_TOPIC";
    private static final String REPLY = "reply";

    private final Map<String, CompletableFuture<StoredMessage>> waiting = new ConcurrentHashMap<>();
    private final Sender sender;
    private final Presence presence;
    private final Connections connections;
    private final Routes routes;
    private final EpochClock clock;
    private final String producerGroup;
    private final long timeoutMs;

    /**
     * What it works with.
     *
     * @param sender        sends requests
     * @param presence      makes this client known to brokers, so that answers find it
     * @param connections   where answers come from
     * @param routes        where brokers are
     * @param clock         tells the time
     * @param producerGroup in whose name
     * @param timeoutMs     for a broker's answer
     */
    public record Parts(
            Sender sender,
            Presence presence,
            Connections connections,
            Routes routes,
            EpochClock clock,
            String producerGroup,
            long timeoutMs) {}

    /**
     * Begins to take answers.
     *
     * @param parts what it works with
     */
    public Replies(Parts parts) {
        this.sender = parts.sender();
        this.presence = parts.presence();
        this.connections = parts.connections();
        this.routes = parts.routes();
        this.clock = parts.clock();
        this.producerGroup = parts.producerGroup();
        this.timeoutMs = parts.timeoutMs();
        connections.on(RequestCode.PUSH_REPLY_MESSAGE_TO_CLIENT, this::arrived);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @param partition where
     * @param message   the request
     * @param timeout   how long to wait for the answer
     * @return completes with the answer
     */
    public CompletableFuture<StoredMessage> request(Partition partition, OutgoingMessage message, Duration timeout) {
        String correlationId = UUID.randomUUID().toString();
        CompletableFuture<StoredMessage> answer = new CompletableFuture<>();
        waiting.put(correlationId, answer);
        Runnable cancelTimeout = connections.schedule(
                timeout,
                () -> answer.completeExceptionally(new OutcomeUnknownException(
                        "request to " + partition + ": no answer within " + timeout.toMillis() + " ms")));
        whenDone(answer, () -> {
            waiting.remove(correlationId);
            cancelTimeout.run();
        });
        Map<String, String> reserved = Map.of(
                PropertyNames.CORRELATION_ID,
                correlationId,
                PropertyNames.REPLY_TO_CLIENT,
                presence.clientId(),
                PropertyNames.TTL,
                Long.toString(timeout.toMillis()));
        CompletableFuture<?> unused = presence.joinProducers(producerGroup)
                .thenCompose(known -> sender.send(partition, message, reserved))
                .whenComplete((receipt, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(Failures.cause(failure));
                    }
                });
        return answer;
    }

    private static void whenDone(CompletableFuture<?> answer, Runnable action) {
        CompletableFuture<?> unused = answer.whenComplete((reply, failure) -> action.run());
    }

    /**
     * Answers a request.
     *
     * @param request what was received
     * @param body    the answer
     * @return completes when who asked has it
     */
    public CompletableFuture<Void> reply(StoredMessage request, byte[] body) {
        Origin origin = (Origin) request.origin();
        String client = origin.reserved().get(PropertyNames.REPLY_TO_CLIENT);
        String correlationId = origin.reserved().get(PropertyNames.CORRELATION_ID);
        String cluster = origin.reserved().get(PropertyNames.CLUSTER);
        if (client == null || correlationId == null || cluster == null) {
            return CompletableFuture.failedFuture(new InvalidRequestException(
                    "message " + request.id() + ": not a request (expected: one that waits for an answer)"));
        }
        byte[] properties = new PropertiesText()
                .put(PropertyNames.MESSAGE_TYPE, REPLY)
                .put(PropertyNames.CORRELATION_ID, correlationId)
                .put(PropertyNames.REPLY_TO_CLIENT, client)
                .put(PropertyNames.TTL, origin.reserved().getOrDefault(PropertyNames.TTL, Long.toString(timeoutMs)))
                .put(PropertyNames.UNIQUE_KEY, UUID.randomUUID().toString())
                .toBytes();
        Connection broker;
        try {
            broker = routes.connection(origin.broker());
        } catch (UnavailableException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
        return new Call(RequestCode.SEND_REPLY_MESSAGE_V2, "answer the request " + request.id(), timeoutMs)
                .once()
                .field("a", producerGroup)
                .field("b", cluster + REPLY_TOPIC_SUFFIX)
                .field("c", Routes.TEMPLATE_TOPIC)
                .field("d", Routes.NEW_TOPIC_PARTITIONS)
                .field("e", 0)
                .field("f", 0)
                .field("g", clock.time())
                .field("h", 0)
                .field("i", new String(properties, StandardCharsets.UTF_8))
                .field("j", 0)
                .field("k", false)
                .field("n", origin.broker())
                .body(body)
                .expect(broker);
    }

    private int arrived(Connection from, RemotingFrame reply) {
        byte[] text = utf8(reply.get("properties"));
        Map<String, String> properties = MessageProperties.parse(new UnsafeBuffer(text), 0, text.length);
        String correlationId = properties.get(PropertyNames.CORRELATION_ID);
        CompletableFuture<StoredMessage> answer = correlationId == null ? null : waiting.get(correlationId);
        if (answer == null) {
            return ResponseCode.SUCCESS;
        }
        try {
            answer.complete(message(reply, properties));
            return ResponseCode.SUCCESS;
        } catch (BadFieldException unreadable) {
            answer.completeExceptionally(
                    new OutcomeUnknownException("the answer to a request cannot be read", unreadable));
            return ResponseCode.SYSTEM_ERROR;
        }
    }

    private static StoredMessage message(RemotingFrame reply, Map<String, String> properties) {
        Map<String, String> visible = new LinkedHashMap<>();
        Map<String, String> reserved = new HashMap<>();
        properties.forEach((name, value) -> (ReservedProperties.contains(name) ? reserved : visible).put(name, value));
        String topic = reply.getRequired("topic");
        int queueId = Math.max(0, reply.getInt("queueId", 0));
        byte[] body = Bodies.whole(ByteBufUtil.getBytes(reply.body()), reply.getInt("sysFlag", 0));
        return new StoredMessage(
                new Partition(topic, "", queueId),
                0,
                reserved.getOrDefault(PropertyNames.UNIQUE_KEY, ""),
                body,
                RecordReader.marks(reserved),
                visible,
                1,
                Instant.ofEpochMilli(reply.getLong("bornTimestamp", 0)),
                Instant.ofEpochMilli(reply.getLong("storeTimestamp", 0)),
                new Origin("", topic, queueId, 0, reserved));
    }

    private static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Who still waits for an answer gets none. */
    public void close() {
        waiting.values().forEach(answer -> answer.completeExceptionally(new ClosedException("the queue is closed")));
    }
}
