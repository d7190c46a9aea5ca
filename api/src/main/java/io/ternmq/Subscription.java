package io.ternmq;

import java.time.Duration;
import java.util.Set;

/** A member of a group that consumes. */
public interface Subscription extends AutoCloseable {

    /**
     * Whose messages it consumes.
     *
     * @return the group
     */
    String group();

    /**
     * What it consumes.
     *
     * @return topics
     */
    Set<String> topics();

    /** Takes no further messages. What was taken is finished. */
    void pause();

    /** Takes messages again. */
    void resume();

    /**
     * Whether it rests.
     *
     * @return true between {@link #pause} and {@link #resume}
     */
    boolean isPaused();

    /**
     * How far its group is behind.
     *
     * @return over all its topics; of a broadcast member: its own
     */
    Lag lag();

    /** Leaves the group: takes nothing more, waits for handlers as long as the consumer's close timeout says, and gives back what it did not begin. */
    @Override
    void close();

    /**
     * As {@link #close()}, with another limit.
     *
     * @param timeout how long to wait for handlers
     * @return whether all have ended; the messages of the others are tried again elsewhere
     */
    boolean close(Duration timeout);
}
