package io.ternmq;

import java.time.Duration;
import java.time.Instant;

/**
 * A message that this process has for a time. Whoever is too late gets a {@link LeaseLostException}: another may have the message
 * already.
 */
public interface Lease {

    /**
     * What it is about.
     *
     * @return the message
     */
    ReceivedMessage message();

    /**
     * When others get it, unless it is acknowledged or extended.
     *
     * @return a moment, by the clock of this process
     */
    Instant deadline();

    /** It is done: nobody of the group gets it again. */
    void ack();

    /**
     * Keeps it longer.
     *
     * @param invisible from now, 10 s to 3 h
     */
    void extend(Duration invisible);

    /**
     * Gives it back, to be tried again. Counts as an attempt.
     *
     * @param delay after how long; zero: at once
     */
    void nack(Duration delay);

    /** Moves it to the group's dead letters. */
    void deadLetter();
}
