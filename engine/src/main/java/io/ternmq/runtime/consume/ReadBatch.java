package io.ternmq.runtime.consume;

import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of one partition that were read at once. It ends when each was handled, or is in other good hands; when it is stopped, with what is so
 * by then. Thread-safe.
 *
 * <pre>
 *   piece ─┬─ not begun ─────────────────────────────────► left
 *          └─ handler ─┬─ returns ───────────────────────► done
 *                      └─ throws ──► sent back ─┬─ yes ──► done
 *                                      ▲        └─ no ───► rests, and is left when that is stopped
 *                                      └───────────────────┘
 * </pre>
 */
final class ReadBatch {

    private static final Logger LOG = LoggerFactory.getLogger(ReadBatch.class);

    /** So long it rests when a message could not be sent back. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Engine engine;
    private final ReadAnswer answer;
    private final AfterFailure failures;
    private final Runnable ended;
    private final BitSet done = new BitSet();
    private final Map<Integer, Engine.Scheduled> resting = new HashMap<>();
    private int open;
    private boolean stopping;

    /**
     * Begins with nothing handled.
     *
     * @param answer   has messages
     * @param failures takes those whose handlers throw
     * @param ended    called once
     */
    ReadBatch(Engine engine, ReadAnswer answer, AfterFailure failures, Runnable ended) {
        this.engine = engine;
        this.answer = answer;
        this.failures = failures;
        this.ended = ended;
        this.open = answer.messages().size();
    }

    /** @return what one call of a handler gets, in order */
    List<Piece> pieces(int countMax) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < answer.messages().size(); from += countMax) {
            pieces.add(new Piece(from, Math.min(answer.messages().size(), from + countMax)));
        }
        return pieces;
    }

    /** Messages for one call of a handler. */
    final class Piece {

        private final int from;
        private final int to;

        private Piece(int from, int to) {
            this.from = from;
            this.to = to;
        }

        void handle(Handling handling, TopicPlan topic) {
            if (isStopping()) {
                notBegun();
                return;
            }
            try {
                handling.handle(topic.handler(), answer.messages().subList(from, to));
            } catch (Throwable failure) { // whatever the application throws
                for (int i = from; i < to; i++) {
                    failed(i, failure);
                }
                if (failure instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                return;
            }
            done(from, to);
        }

        /** It is read again, here or elsewhere. */
        void notBegun() {
            settled(to - from);
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void failed(int index, Throwable failure) {
        StoredMessage message = answer.messages().get(index);
        Supplier<CompletableFuture<Void>> sendingBack;
        try {
            sendingBack = failures.failed(message, failure);
        } catch (RuntimeException e) { // the application's rule for what is tried again
            LOG.warn("It cannot be said what becomes of message {}: it is read again", message.id(), e);
            settled(1);
            return;
        }
        sendBack(index, sendingBack);
    }

    private void sendBack(int index, Supplier<CompletableFuture<Void>> sendingBack) {
        CompletableFuture<Void> unused = begun(sendingBack).whenComplete((nothing, failure) -> {
            if (failure == null) {
                done(index, index + 1);
            } else {
                rest(index, sendingBack, Awaiting.cause(failure));
            }
        });
    }

    private static CompletableFuture<Void> begun(Supplier<CompletableFuture<Void>> sendingBack) {
        try {
            return sendingBack.get();
        } catch (RuntimeException e) { // such as a connection that is not there
            return CompletableFuture.failedFuture(e);
        }
    }

    private void rest(int index, Supplier<CompletableFuture<Void>> sendingBack, Throwable cause) {
        LOG.warn(
                "Message {} could not be sent back; trying again in {}",
                answer.messages().get(index).id(),
                REST,
                cause);
        synchronized (this) {
            if (!stopping) {
                resting.put(index, engine.schedule(REST, () -> sendBackAgain(index, sendingBack)));
                return;
            }
        }
        settled(1);
    }

    private void sendBackAgain(int index, Supplier<CompletableFuture<Void>> sendingBack) {
        synchronized (this) {
            if (resting.remove(index) == null) {
                return; // stopped meanwhile
            }
        }
        sendBack(index, sendingBack);
    }

    /** Begins no handler any more, and does not go on trying to send back. */
    void stop() {
        int left;
        synchronized (this) {
            stopping = true;
            left = resting.size();
            resting.values().forEach(Engine.Scheduled::cancel);
            resting.clear();
        }
        settled(left);
    }

    private void done(int from, int to) {
        synchronized (this) {
            done.set(from, to);
        }
        settled(to - from);
    }

    private void settled(int count) {
        boolean ends;
        synchronized (this) {
            open -= count;
            ends = count > 0 && open == 0;
        }
        if (ends) {
            ended.run();
        }
    }

    /** @return whether nothing of it is to be read again */
    synchronized boolean isWhole() {
        return done.cardinality() == answer.messages().size();
    }

    /**
     * Up to where all is done.
     *
     * @param partition where it was read, which need not be where a message lay first
     * @param offset    from where on it was read
     */
    synchronized long reached(Partition partition, long offset) {
        if (isWhole()) {
            return answer.nextOffset();
        }
        StoredMessage first = answer.messages().get(done.nextClearBit(0));
        return first.partition().equals(partition) ? first.offset() : offset;
    }
}
