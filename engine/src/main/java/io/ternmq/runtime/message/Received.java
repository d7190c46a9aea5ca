package io.ternmq.runtime.message;

import io.ternmq.Partition;
import io.ternmq.ReceivedMessage;
import io.ternmq.engine.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stored message as applications see it. */
public final class Received implements ReceivedMessage {

    private final StoredMessage stored;
    private final Converters converters;

    public Received(StoredMessage stored, Converters converters) {
        this.stored = stored;
        this.converters = converters;
    }

    public StoredMessage stored() {
        return stored;
    }

    @Override
    public String topic() {
        return stored.partition().topic();
    }

    @Override
    public String id() {
        return stored.id();
    }

    @Override
    public byte[] body() {
        return stored.body().clone();
    }

    @Override
    public String text() {
        return new String(stored.body(), StandardCharsets.UTF_8);
    }

    @Override
    public <T> T as(Class<T> type) {
        return converters.read(body(), type);
    }

    @Override
    public List<String> keys() {
        return stored.marks().keys();
    }

    @Override
    public Optional<String> key() {
        return keys().stream().findFirst();
    }

    @Override
    public Optional<String> tag() {
        return stored.marks().tag();
    }

    @Override
    public Map<String, String> properties() {
        return stored.properties();
    }

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(stored.properties().get(name));
    }

    @Override
    public Optional<String> orderingGroup() {
        return stored.marks().orderingGroup();
    }

    @Override
    public Optional<String> lane() {
        return stored.marks().lane();
    }

    @Override
    public int priority() {
        return stored.marks().priority();
    }

    @Override
    public int attempt() {
        return stored.attempt();
    }

    @Override
    public Partition partition() {
        return stored.partition();
    }

    @Override
    public long offset() {
        return stored.offset();
    }

    @Override
    public Instant sentAt() {
        return stored.sentAt();
    }

    @Override
    public Instant storedAt() {
        return stored.storedAt();
    }

    @Override
    public String toString() {
        return "Message " + id() + " of " + partition() + " at " + offset() + ", attempt " + attempt();
    }
}
