package io.ternmq.runtime.send;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to topics. While the partitions of a topic are being looked up, what is sent to it waits in line, so that nothing that was
 * sent later overtakes it. Thread-safe.
 */
public final class Routes {

    /** So many sends of a topic wait at most for its partitions. */
    private static final int WAITING_MAX = 10_000;

    private final Engine engine;
    private final Map<String, Queue<Consumer<CompletableFuture<List<Partition>>>>> lines = new HashMap<>();
    private volatile boolean isEmpty = true;
    private final Set<SendAttempts<?>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * Looks partitions up in an engine.
     *
     * @param engine knows them
     */
    public Routes(Engine engine) {
        this.engine = engine;
    }

    Engine engine() {
        return engine;
    }

    /**
     * Goes on with a send as soon as it is its turn.
     *
     * @param send takes what became of the topic's partitions
     * @throws BusyException when too many wait
     */
    void enter(String topic, Consumer<CompletableFuture<List<Partition>>> send) {
        if (isEmpty) {
            CompletableFuture<List<Partition>> writable = engine.writable(topic);
            if (writable.isDone()) {
                send.accept(writable);
                return;
            }
        }
        if (line(topic, send)) {
            CompletableFuture<List<Partition>> writable = engine.writable(topic);
            CompletableFuture<List<Partition>> unused =
                    writable.whenComplete((partitions, failure) -> drain(topic, writable));
        }
    }

    /** Tries a send again later, unless the queue is closed before. */
    void tryLater(SendAttempts<?> send, Duration delay) {
        waiting.add(send);
        engine.schedule(delay, () -> {
            if (waiting.remove(send)) {
                send.tryAgain();
            }
        });
        if (closed) {
            close();
        }
    }

    /** Fails what waits to be tried again. */
    public void close() {
        closed = true;
        for (SendAttempts<?> send : Set.copyOf(waiting)) {
            if (waiting.remove(send)) {
                send.end(new ClosedException("the queue was closed before the message could be sent"));
            }
        }
    }

    /** @return whether it is the first in line */
    private synchronized boolean line(String topic, Consumer<CompletableFuture<List<Partition>>> send) {
        Queue<Consumer<CompletableFuture<List<Partition>>>> line = lines.get(topic);
        boolean isFirst = line == null;
        if (line == null) {
            line = new ArrayDeque<>();
            lines.put(topic, line);
            isEmpty = false;
        }
        if (line.size() >= WAITING_MAX) {
            throw new BusyException("topic '" + topic + "': " + WAITING_MAX + " sends wait for its partitions already");
        }
        line.add(send);
        return isFirst;
    }

    private void drain(String topic, CompletableFuture<List<Partition>> writable) {
        for (Consumer<CompletableFuture<List<Partition>>> send = next(topic); send != null; send = next(topic)) {
            send.accept(writable);
        }
    }

    private synchronized @Nullable Consumer<CompletableFuture<List<Partition>>> next(String topic) {
        Queue<Consumer<CompletableFuture<List<Partition>>>> line = lines.get(topic);
        Consumer<CompletableFuture<List<Partition>>> next = line == null ? null : line.poll();
        if (next == null) {
            lines.remove(topic);
            isEmpty = lines.isEmpty();
        }
        return next;
    }
}
