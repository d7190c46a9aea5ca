package io.ternmq;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Takes messages by lease: each is out of the others' sight until it is acknowledged, or its time is over.
 *
 * <pre>{@code
 * for (Lease lease : receiver.receive(16, Duration.ofSeconds(30))) {
 *     charge(lease.message());
 *     lease.ack();
 * }
 * }</pre>
 */
public interface Receiver extends AutoCloseable {

    /** How long {@link #receive(int, Duration)} waits for a first message. */
    Duration WAIT = Duration.ofSeconds(15);

    /**
     * Takes messages, and waits up to {@link #WAIT} for the first.
     *
     * @param countMax  at most so many, 1 to 32
     * @param invisible how long they are out of the others' sight, 10 s to 3 h
     * @return none when none came
     */
    default List<Lease> receive(int countMax, Duration invisible) {
        return receive(countMax, invisible, WAIT);
    }

    /**
     * Takes messages.
     *
     * @param countMax  at most so many, 1 to 32
     * @param invisible how long they are out of the others' sight, 10 s to 3 h
     * @param wait      how long to wait for the first; zero: not at all
     * @return none when none came
     */
    List<Lease> receive(int countMax, Duration invisible, Duration wait);

    /**
     * As {@link #receive(int, Duration, Duration)}, without holding a thread.
     *
     * @param countMax  at most so many, 1 to 32
     * @param invisible how long they are out of the others' sight, 10 s to 3 h
     * @param wait      how long to wait for the first; zero: not at all
     * @return completes with none when none came
     */
    CompletableFuture<List<Lease>> receiveAsync(int countMax, Duration invisible, Duration wait);

    /** Takes nothing more. What is held stays held until its time is over. */
    @Override
    void close();
}
