package io.ternmq.engine;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import java.util.Map;
import java.util.Optional;

/**
 * How one member consumes.
 *
 * @param group   which group
 * @param mode    what is shared
 * @param topics  what it consumes, and which messages of it
 * @param ordered whether messages of one ordering group come one after the other
 * @param lane    whose messages it gets
 * @param start   where a new group begins
 */
public record MemberTerms(
        String group, Mode mode, Map<String, Filter> topics, boolean ordered, Optional<String> lane, StartAt start) {

    /** Keeps a copy of the topics. */
    public MemberTerms {
        topics = Map.copyOf(topics);
    }

    /** What the members of a group share. */
    public enum Mode {
        /** Messages: each is leased to one. */
        LEASED,
        /** Partitions: each has one member. */
        PARTITIONED,
        /** Nothing: each gets every message. */
        BROADCAST
    }
}
