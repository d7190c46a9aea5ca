package io.ternmq.client;

import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Time for people, and time for waits and time-outs, which goes on evenly whatever is done to the other. The one place of the client that reads the computer's clock; all else is given one. The server has its own, in its log: the two share no
 * module that could hold a clock.
 */
final class SystemClock implements EpochClock, NanoClock {

    @Override
    public long time() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
