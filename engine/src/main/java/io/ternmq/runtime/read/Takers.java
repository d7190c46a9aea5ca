package io.ternmq.runtime.read;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who takes or reads messages by hand: receivers and readers that are open. They are closed with their queue. Thread-safe. */
public final class Takers {

    private final Set<Taker> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** One of them. */
    @FunctionalInterface
    public interface Taker {

        /** Takes nothing more. Again: nothing. */
        void close();
    }

    /**
     * Knows one that was opened; when the queue is closed already it is closed at once.
     *
     * @param taker which
     * @param <T>   its kind
     * @return the same
     */
    public <T extends Taker> T opened(T taker) {
        open.add(taker);
        if (closed) {
            taker.close();
        }
        return taker;
    }

    /**
     * Forgets one that was closed.
     *
     * @param taker which
     */
    public void closed(Taker taker) {
        open.remove(taker);
    }

    /** Closes all. */
    public void close() {
        closed = true;
        open.forEach(Taker::close);
    }
}
