package io.ternmq.embedded;

import io.ternmq.engine.Engine.Scheduled;
import java.time.Duration;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** The clock of an embedded queue, and what happens by it. A test may turn it. Thread-safe. */
public interface EmbeddedTime extends NanoClock {

    /**
     * Tells the time.
     *
     * @return the clock that the shard goes by
     */
    EpochClock clock();

    /**
     * Measures how long something takes.
     *
     * @return nanoseconds since some moment; only differences mean something
     */
    @Override
    long nanoTime();

    /**
     * Does something later.
     *
     * @param delay 0 or more
     * @param task  must not block
     * @return may be cancelled
     */
    Scheduled schedule(Duration delay, Runnable task);

    /**
     * Is told how to have the shard look at the clock.
     *
     * @param wake has the shard do what is due, and returns when it is done
     */
    void attach(Runnable wake);

    /** Does nothing more. */
    void close();
}
