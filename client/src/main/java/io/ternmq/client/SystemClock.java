package io.ternmq.client;

import org.agrona.concurrent.EpochClock;

/** The one place of this module that reads the computer's clock. */
final class SystemClock implements EpochClock {

    @Override
    public long time() {
        return System.currentTimeMillis();
    }
}
