package io.ternmq.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What all senders of a run share. Any thread, but for {@link #start} and {@link #finish}: the thread that runs the test. */
final class SendJob {
    private static final long ANSWERS_WAIT_S = 30;

    private final SendShape shape;
    private final LoadClient client;
    private final Payload payload;
    private final Tally tally;
    private final long sequenceMax;
    private final Semaphore permits;
    private final AtomicLong nextSequence = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** @param sequenceMax how many messages are sent at most */
    SendJob(SendShape shape, LoadClient client, Payload payload, Tally tally, long sequenceMax) {
        this.shape = shape;
        this.client = client;
        this.payload = payload;
        this.tally = tally;
        this.sequenceMax = sequenceMax;
        permits = new Semaphore(shape.requestsInFlightMax());
    }

    void start() {
        for (int i = 0; i < shape.threadCount(); i++) {
            Thread thread = new Thread(new Sender(this, i), "sender-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    void stop() {
        stopped = true;
    }

    /** Waits until the senders have ended and their answers have come. */
    void finish() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
        if (!permits.tryAcquire(shape.requestsInFlightMax(), ANSWERS_WAIT_S, TimeUnit.SECONDS)) {
            tally.onFailed(new IllegalStateException("requests without an answer"), 0);
        }
    }

    /** @return the first of the next request's sequence numbers, or -1 when all were taken */
    long takeSequence() {
        long sequence = nextSequence.getAndAdd(shape.batchCount());
        return sequence + shape.batchCount() <= sequenceMax ? sequence : -1;
    }

    long sequenceEnd() {
        return Math.min(nextSequence.get(), sequenceMax);
    }

    boolean isStopped() {
        return stopped;
    }

    SendShape shape() {
        return shape;
    }

    LoadClient client() {
        return client;
    }

    Payload payload() {
        return payload;
    }

    Tally tally() {
        return tally;
    }

    Semaphore permits() {
        return permits;
    }
}
