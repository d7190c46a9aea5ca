package io.ternmq.client.member;

import io.ternmq.ClosedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something at regular times while there is a reason to. What goes wrong once does not end it. Thread-safe. */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Duration interval;
    private final Later later;
    private final BooleanSupplier hasReason;
    private final Runnable beat;
    private final AtomicBoolean beating = new AtomicBoolean();

    /** Does things later. */
    @FunctionalInterface
    interface Later {

        /**
         * @return cancels it
         * @throws ClosedException when nothing is done any more
         */
        Runnable schedule(Duration delay, Runnable task);
    }

    Heartbeat(Duration interval, Later later, BooleanSupplier hasReason, Runnable beat) {
        this.interval = interval;
        this.later = later;
        this.hasReason = hasReason;
        this.beat = beat;
    }

    /** Once there is a reason. Again: nothing. */
    void start() {
        if (beating.compareAndSet(false, true)) {
            Runnable unused = later.schedule(interval, this::next);
        }
    }

    private void next() {
        if (!hasReason.getAsBoolean()) {
            beating.set(false);
            startForWhoCameMeanwhile();
            return;
        }
        try {
            beat.run();
        } catch (RuntimeException once) {
            LOG.warn("A heartbeat failed, the next one comes in {}", interval, once);
        } finally {
            again();
        }
    }

    /** Its {@link #start} may have come while the heart was still beating. */
    private void startForWhoCameMeanwhile() {
        if (hasReason.getAsBoolean() && beating.compareAndSet(false, true)) {
            again();
        }
    }

    private void again() {
        try {
            Runnable unused = later.schedule(interval, this::next);
        } catch (ClosedException ended) {
            LOG.debug("No more heartbeats", ended);
        }
    }
}
