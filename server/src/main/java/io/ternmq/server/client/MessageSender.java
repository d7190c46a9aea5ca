package io.ternmq.server.client;

import io.ternmq.Partition;
import io.ternmq.client.message.Bodies;
import io.ternmq.client.send.Draft;
import io.ternmq.client.send.SendTerms;
import io.ternmq.client.send.Sender;
import io.ternmq.client.send.Stored;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.PropertyNames;
import io.ternmq.runtime.message.MessageIds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends messages of one topic to its queues in turn. For any thread. */
public final class MessageSender {

    private static final String GROUP = "TERN_CLI";
    /** What a command is given it sends as it is. */
    private static final int NEVER_COMPRESSED = Integer.MAX_VALUE;

    private final Servers servers;
    private final Sender sender;
    private final List<Partition> queues;
    private final MessageIds ids;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Sends nothing yet.
     *
     * @param servers whom to send to
     * @param topic   one that exists, or that its first message makes
     * @throws io.ternmq.TernMQException when it does not exist and will not, or may not be written
     */
    public MessageSender(Servers servers, String topic) {
        this.servers = servers;
        this.sender = new Sender(
                new SendTerms(GROUP, servers.terms().timeoutMs(), servers.routes()),
                new Bodies(NEVER_COMPRESSED),
                servers.terms().clock());
        this.queues = servers.await(servers.routes().writable(topic));
        this.ids = new MessageIds(
                () -> Instant.ofEpochMilli(servers.terms().clock().time()));
    }

    /**
     * Sends a message and waits until it is stored.
     *
     * @param message what
     * @return where it lies
     */
    public Stored send(OutgoingMessage message) {
        return servers.await(sendAsync(message));
    }

    /**
     * Sends a message without waiting.
     *
     * @param message what
     * @return completes when it is stored
     */
    public CompletableFuture<Stored> sendAsync(OutgoingMessage message) {
        String own = message.properties().get(PropertyNames.UNIQUE_KEY);
        String id = own == null ? ids.next() : own;
        Map<String, String> properties = new LinkedHashMap<>(message.properties());
        properties.put(PropertyNames.UNIQUE_KEY, id);
        return sender.send(new Draft(
                nextQueue(),
                id,
                MessageProperties.format(properties),
                message.body(),
                message.flag(),
                message.sysFlag(),
                servers.terms().clock().time()));
    }

    private Partition nextQueue() {
        return queues.get(Math.floorMod(turn.getAndIncrement(), queues.size()));
    }
}
