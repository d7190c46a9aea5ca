package io.ternmq.junit;

import java.time.Duration;
import java.time.Instant;

/** The clock of a test's queue. It stands still until the test turns it. Thread-safe. */
public interface TestClock {

    /**
     * Tells the time.
     *
     * @return the queue's time
     */
    Instant now();

    /**
     * Turns the clock forward. When it returns, the queue has seen the new time: what became due is on its way to consumers, whose
     * handlers run on threads of their own.
     *
     * @param duration more than nothing
     */
    void advance(Duration duration);
}
