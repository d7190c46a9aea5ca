package io.ternmq;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message as it reaches a consumer. Immutable. */
public interface ReceivedMessage {

    /**
     * Where it was sent to; dead letters and retries keep it.
     *
     * @return the topic
     */
    String topic();

    /**
     * What names it for ever, in retries as well.
     *
     * @return the id that its receipt had
     */
    String id();

    /**
     * What it says.
     *
     * @return the bytes; the caller's own
     */
    byte[] body();

    /**
     * What it says, as UTF-8.
     *
     * @return the text
     */
    String text();

    /**
     * What it says, as an object.
     *
     * @param type what to make of the body
     * @param <T>  what to make of the body
     * @return made by the first {@link BodyConverter} that knows the type
     * @throws BodyConversionException when the body is not one, or no converter knows the type
     */
    <T> T as(Class<T> type);

    /**
     * What it is found by.
     *
     * @return the keys
     */
    List<String> keys();

    /**
     * The first key.
     *
     * @return empty without one
     */
    Optional<String> key();

    /**
     * What it was tagged with.
     *
     * @return empty without one
     */
    Optional<String> tag();

    /**
     * What the sender added.
     *
     * @return names and values
     */
    Map<String, String> properties();

    /**
     * One property.
     *
     * @param name which
     * @return empty without it
     */
    Optional<String> property(String name);

    /**
     * What it is in order with.
     *
     * @return the ordering group
     */
    Optional<String> orderingGroup();

    /**
     * The lane it was sent down.
     *
     * @return empty for none
     */
    Optional<String> lane();

    /**
     * How urgent it is.
     *
     * @return 0 or more
     */
    int priority();

    /**
     * Which attempt of its group this is.
     *
     * @return 1 for the first
     */
    int attempt();

    /**
     * Where it lies.
     *
     * @return the partition
     */
    Partition partition();

    /**
     * Where in the partition it lies.
     *
     * @return 0 or more
     */
    long offset();

    /**
     * When the sender made it, by the sender's clock.
     *
     * @return a moment
     */
    Instant sentAt();

    /**
     * When it was stored; of a delayed message: when it became due.
     *
     * @return a moment
     */
    Instant storedAt();
}
