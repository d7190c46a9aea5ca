package io.ternmq.runtime.send;

import io.ternmq.BusyException;
import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way to topics. While the partitions of a topic are being looked up, what is sent to it waits in line, so that nothing that was
 * sent later overtakes it. Thread-safe.
 */
public final class Routes {

    /** So many sends of a topic wait at most for its partitions. */
    private static final int WAITING_MAX = 10_000;

    private final Engine engine;
    private final Map<String, Queue<Runnable>> lines = new HashMap<>();
    private volatile boolean isEmpty = true;

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
     * @throws BusyException when too many wait
     */
    void enter(String topic, Runnable send) {
        if (isEmpty) {
            CompletableFuture<List<Partition>> writable = engine.writable(topic);
            if (writable.isDone()) {
                send.run();
                return;
            }
        }
        if (line(topic, send)) {
            CompletableFuture<List<Partition>> unused =
                    engine.writable(topic).whenComplete((partitions, failure) -> drain(topic));
        }
    }

    /** @return whether it is the first in line */
    private synchronized boolean line(String topic, Runnable send) {
        Queue<Runnable> line = lines.get(topic);
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

    private void drain(String topic) {
        for (Runnable send = next(topic); send != null; send = next(topic)) {
            send.run();
        }
    }

    private synchronized @Nullable Runnable next(String topic) {
        Queue<Runnable> line = lines.get(topic);
        Runnable next = line == null ? null : line.poll();
        if (next == null) {
            lines.remove(topic);
            isEmpty = lines.isEmpty();
        }
        return next;
    }
}
