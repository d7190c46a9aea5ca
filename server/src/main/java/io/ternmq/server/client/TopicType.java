package io.ternmq.server.client;

import java.util.Locale;
import java.util.Optional;

/** The kind of messages that a topic declares to take. */
public enum TopicType {
    /** Consumed as soon as they are stored. */
    NORMAL,
    /** In order with the others of their message group. */
    FIFO,
    /** Consumed at their time. */
    DELAY,
    /** Consumed once their producer commits them. */
    TRANSACTION;

    /**
     * Reads one.
     *
     * @param text a kind's name, in small letters or capitals
     * @return empty when it is none
     */
    public static Optional<TopicType> parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (TopicType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** @return as a change of the topic's attributes, in the notation of the protocol */
    String attribute() {
        return "+message.type=" + name();
    }
}
