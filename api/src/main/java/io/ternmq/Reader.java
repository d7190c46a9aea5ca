package io.ternmq;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reads a topic's partitions from positions of the caller's choice. For one thread, but for {@link #close}. */
public interface Reader extends AutoCloseable {

    /**
     * What it reads.
     *
     * @return in order
     */
    List<Partition> partitions();

    /**
     * Reads on.
     *
     * @param countMax at most so many messages, 1 to 1,024
     * @param wait     how long to wait for the first; zero: not at all
     * @return in order for each partition; none when none came
     */
    List<ReceivedMessage> read(int countMax, Duration wait);

    /**
     * Where it reads next.
     *
     * @param partition one of {@link #partitions}
     * @return an offset
     */
    long position(Partition partition);

    /**
     * Goes somewhere in one partition.
     *
     * @param partition one of {@link #partitions}
     * @param offset    what is read next; before the beginning and behind the end count as these
     */
    void seek(Partition partition, long offset);

    /**
     * Goes to a time, everywhere.
     *
     * @param time to the first message that was stored then or later
     */
    void seek(Instant time);

    /** Goes to the oldest messages, everywhere. */
    void seekToBeginning();

    /** Goes behind the newest messages, everywhere. */
    void seekToEnd();

    /**
     * Leaves a partition out.
     *
     * @param partition one of {@link #partitions}
     */
    void pause(Partition partition);

    /**
     * Reads a partition again.
     *
     * @param partition one of {@link #partitions}
     */
    void resume(Partition partition);

    /**
     * Keeps the position, so that the next reader goes on from it.
     *
     * @throws IllegalStateException when neither a group nor a file was named
     */
    void commit();

    /**
     * How far it is behind.
     *
     * @return what was stored and not read
     */
    Lag lag();

    /** Reads no more. Positions are not kept by it: see {@link #commit}. */
    @Override
    void close();
}
