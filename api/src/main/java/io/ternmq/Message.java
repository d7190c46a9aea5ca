package io.ternmq;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A message to be sent. Immutable: each method that sets something returns a new one, so a message can serve as a template.
 *
 * <pre>{@code Message.to("orders").key("42").tag("paid").body("…").delay(Duration.ofMinutes(5))}</pre>
 */
public final class Message {

    /** The longest delay: ten years. */
    public static final Duration DELAY_MAX = Duration.ofDays(3_653);

    private static final byte[] NO_BODY = {};

    private final String topic;
    private final Object body;
    private final List<String> keys;
    private final Map<String, String> properties;
    private final Routing routing;

    /** What decides when and to whom it is delivered. */
    private record Routing(
            Optional<String> tag,
            Optional<String> orderingGroup,
            Optional<String> lane,
            Optional<Duration> delay,
            Optional<Instant> deliverAt,
            int priority) {

        static final Routing NONE = new Routing(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    private Message(String topic, Object body, List<String> keys, Map<String, String> properties, Routing routing) {
        this.topic = topic;
        this.body = body;
        this.keys = keys;
        this.properties = properties;
        this.routing = routing;
    }

    /**
     * Begins a message.
     *
     * @param topic where it goes
     * @return a message without a body
     */
    public static Message to(String topic) {
        return new Message(present("topic", topic), NO_BODY, List.of(), Map.of(), Routing.NONE);
    }

    /**
     * The same for another topic.
     *
     * @param newTopic where it goes
     * @return a copy
     */
    public Message toTopic(String newTopic) {
        return new Message(present("topic", newTopic), body, keys, properties, routing);
    }

    /**
     * Sets the body.
     *
     * @param newBody bytes as they are; anything else becomes bytes by a {@link BodyConverter} when it is sent, a string as UTF-8. Bytes are
     *                not copied: do not change them before the receipt is there
     * @return a copy
     */
    public Message body(Object newBody) {
        return new Message(topic, Objects.requireNonNull(newBody, "body"), keys, properties, routing);
    }

    /**
     * Adds a key to find the message by. The first key also chooses the partition, so messages of one key stay in order.
     *
     * @param key not empty, without spaces
     * @return a copy
     */
    public Message key(String key) {
        if (key.isEmpty() || key.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("key: '" + key + "' (expected: not empty, without spaces)");
        }
        List<String> more = new ArrayList<>(keys);
        more.add(key);
        return new Message(topic, body, Collections.unmodifiableList(more), properties, routing);
    }

    /**
     * Adds several keys.
     *
     * @param moreKeys each as for {@link #key}
     * @return a copy
     */
    public Message keys(Collection<String> moreKeys) {
        Message message = this;
        for (String key : moreKeys) {
            message = message.key(key);
        }
        return message;
    }

    /**
     * Sets the tag, which consumers can filter by.
     *
     * @param newTag not empty
     * @return a copy
     */
    public Message tag(String newTag) {
        return with(new Routing(
                Optional.of(present("tag", newTag)),
                routing.orderingGroup,
                routing.lane,
                routing.delay,
                routing.deliverAt,
                routing.priority));
    }

    /**
     * Sets a property, which consumers see and can filter by.
     *
     * @param name  not empty; names that the queue uses itself are refused when it is sent
     * @param value not empty, any text without the characters 1 and 2
     * @return a copy
     */
    public Message property(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(properties);
        more.put(present("property", name), present("property " + name, value));
        return new Message(topic, body, keys, Collections.unmodifiableMap(more), routing);
    }

    /**
     * Sets the ordering group: its messages are consumed one after the other by consumers that ask for order.
     *
     * @param group not empty
     * @return a copy
     */
    public Message orderingGroup(String group) {
        return with(new Routing(
                routing.tag,
                Optional.of(present("orderingGroup", group)),
                routing.lane,
                routing.delay,
                routing.deliverAt,
                routing.priority));
    }

    /**
     * Has it delivered later.
     *
     * @param delay from now, more than nothing and at most {@link #DELAY_MAX}
     * @return a copy
     */
    public Message delay(Duration delay) {
        if (delay.isNegative() || delay.isZero() || delay.compareTo(DELAY_MAX) > 0) {
            throw new IllegalArgumentException(
                    "delay: " + delay + " (expected: above 0 and at most " + DELAY_MAX + ")");
        }
        return with(new Routing(
                routing.tag,
                routing.orderingGroup,
                routing.lane,
                Optional.of(delay),
                Optional.empty(),
                routing.priority));
    }

    /**
     * Has it delivered at a time. In the past: at once.
     *
     * @param time when
     * @return a copy
     */
    public Message deliverAt(Instant time) {
        return with(new Routing(
                routing.tag,
                routing.orderingGroup,
                routing.lane,
                Optional.empty(),
                Optional.of(time),
                routing.priority));
    }

    /**
     * Sends it down a lane: to that lane's consumers while there are any, else to all others.
     *
     * @param lane not empty
     * @return a copy
     */
    public Message lane(String lane) {
        return with(new Routing(
                routing.tag,
                routing.orderingGroup,
                Optional.of(present("lane", lane)),
                routing.delay,
                routing.deliverAt,
                routing.priority));
    }

    /**
     * Sets the priority. Higher comes first where the queue knows priorities; others keep it for the consumer.
     *
     * @param priority 0 (the default) or more
     * @return a copy
     */
    public Message priority(int priority) {
        if (priority < 0) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: 0 or more)");
        }
        return with(new Routing(
                routing.tag, routing.orderingGroup, routing.lane, routing.delay, routing.deliverAt, priority));
    }

    /**
     * Where it goes.
     *
     * @return the topic
     */
    public String topic() {
        return topic;
    }

    /**
     * What it says.
     *
     * @return as given to {@link #body(Object)}; an empty array without one
     */
    public Object body() {
        return body;
    }

    /**
     * What it is found by.
     *
     * @return in the order in which they were given
     */
    public List<String> keys() {
        return keys;
    }

    /**
     * What consumers filter by.
     *
     * @return the tag
     */
    public Optional<String> tag() {
        return routing.tag;
    }

    /**
     * What the sender added.
     *
     * @return names and values
     */
    public Map<String, String> properties() {
        return properties;
    }

    /**
     * What it is in order with.
     *
     * @return the ordering group
     */
    public Optional<String> orderingGroup() {
        return routing.orderingGroup;
    }

    /**
     * How much later it is delivered.
     *
     * @return empty without a delay, or with a time
     */
    public Optional<Duration> delay() {
        return routing.delay;
    }

    /**
     * When it is delivered.
     *
     * @return empty without a time, or with a delay
     */
    public Optional<Instant> deliverAt() {
        return routing.deliverAt;
    }

    /**
     * Who sees it first.
     *
     * @return the lane
     */
    public Optional<String> lane() {
        return routing.lane;
    }

    /**
     * How urgent it is.
     *
     * @return 0 or more
     */
    public int priority() {
        return routing.priority;
    }

    /**
     * Whether it waits before it is delivered.
     *
     * @return true with a delay or a time
     */
    public boolean isDelayed() {
        return routing.delay.isPresent() || routing.deliverAt.isPresent();
    }

    @Override
    public String toString() {
        return "Message to " + topic + (keys.isEmpty() ? "" : ", keys " + keys);
    }

    private Message with(Routing newRouting) {
        return new Message(topic, body, keys, properties, newRouting);
    }

    private static String present(String what, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException(what + ": '' (expected: not empty)");
        }
        return value;
    }
}
