package io.ternmq.server.cli;

import io.ternmq.InvalidRequestException;
import io.ternmq.client.send.Stored;
import io.ternmq.server.client.DeadLetterQueue;
import io.ternmq.server.client.DeadLetters;
import io.ternmq.server.client.ReceivedMessage;
import io.ternmq.server.client.Redriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Dead letters of one queue on their way back, one after the other. First a message is stored in its topic, then it is noted
 * as sent again; the notes are kept every now and then. So each comes at least once, and a run that was cut short
 * sends a few again. One thread.
 */
final class Redrive implements AutoCloseable {

    /** So many are sent again at most by a run after one that was cut short. */
    static final int KEEP_EVERY = 100;

    private final DeadLetters deadLetters;
    private final DeadLetterQueue queue;
    private final Redriver redriver;
    private final Pace pace;
    private final Map<String, Long> countByTopic = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private long count;
    private int notKept;

    /** A dead letter that cannot be sent again, and why. */
    record Failure(ReceivedMessage message, String reason) {}

    Redrive(DeadLetters deadLetters, DeadLetterQueue queue, Redriver redriver, Pace pace) {
        this.deadLetters = deadLetters;
        this.queue = queue;
        this.redriver = redriver;
        this.pace = pace;
    }

    /** Sends it again if it can be. Whether it was before is for the caller to look at. */
    void send(ReceivedMessage message) {
        Optional<String> obstacle = redriver.obstacle(message);
        if (obstacle.isPresent()) {
            failures.add(new Failure(message, obstacle.get()));
            return;
        }
        if (!queue.hasRoomFor(message)) {
            throw new InvalidRequestException("too many dead letters were redriven one by one behind offset "
                    + queue.firstLeftOffset() + ", which was not (expected: that one, or --all)");
        }
        pace.await();
        Stored stored = redriver.redrive(message);
        count++;
        countByTopic.merge(stored.receipt().partition().topic(), 1L, Long::sum);
        note(message);
    }

    /** It was sent again by an earlier run. */
    void pass(ReceivedMessage message) {
        note(message);
    }

    /** There is no message from one offset up to another. */
    void nothing(long from, long to) {
        queue.nothing(from, to);
    }

    long count() {
        return count;
    }

    Map<String, Long> countByTopic() {
        return countByTopic;
    }

    List<Failure> failures() {
        return failures;
    }

    /** Keeps what was noted since the last time. */
    @Override
    public void close() {
        if (notKept > 0) {
            notKept = 0;
            deadLetters.keepMarks(queue);
        }
    }

    private void note(ReceivedMessage message) {
        queue.redriven(message);
        notKept++;
        if (notKept >= KEEP_EVERY) {
            close();
        }
    }
}
