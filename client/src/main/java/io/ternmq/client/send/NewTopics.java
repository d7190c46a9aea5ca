package io.ternmq.client.send;

import io.ternmq.BusyException;
import io.ternmq.client.route.Routes;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps sends in order while their topic comes into being. The first message makes the topic, which takes the server a moment; what came behind it on the
 * same connection could overtake it there, so it waits here until the first is answered. Thread-safe.
 */
final class NewTopics {

    /** So many sends wait at most for one topic. */
    private static final int WAITING_MAX = 10_000;

    private final Routes routes;
    private final Map<String, Queue<Runnable>> waiting = new ConcurrentHashMap<>();

    NewTopics(Routes routes) {
        this.routes = routes;
    }

    /**
     * Submits at once where the topic exists.
     *
     * @param result of the send
     * @throws BusyException when too many wait
     */
    void submit(String topic, Runnable send, CompletableFuture<?> result) {
        if (waiting.isEmpty() && !routes.isAssumed(topic)) {
            send.run();
        } else {
            submitInTurn(topic, send, result);
        }
    }

    private void submitInTurn(String topic, Runnable send, CompletableFuture<?> result) {
        boolean isFirst;
        synchronized (this) {
            Queue<Runnable> line = waiting.get(topic);
            isFirst = line == null && routes.isAssumed(topic);
            if (isFirst) {
                waiting.put(topic, new ArrayDeque<>());
            } else if (line != null) {
                enter(line, topic, send);
                return;
            }
        }
        send.run();
        if (isFirst) {
            CompletableFuture<?> unused = result.whenComplete((stored, failure) -> goOn(topic));
        }
    }

    private static void enter(Queue<Runnable> line, String topic, Runnable send) {
        if (line.size() >= WAITING_MAX) {
            throw new BusyException(
                    "topic '" + topic + "': " + WAITING_MAX + " sends wait for it to come into being already");
        }
        line.add(send);
    }

    private void goOn(String topic) {
        routes.forget(topic);
        for (List<Runnable> next = next(topic); !next.isEmpty(); next = next(topic)) {
            next.forEach(Runnable::run);
        }
    }

    /** Who comes while these are submitted waits behind them. */
    private synchronized List<Runnable> next(String topic) {
        Queue<Runnable> line = waiting.get(topic);
        if (line == null || line.isEmpty()) {
            waiting.remove(topic);
            return List.of();
        }
        List<Runnable> next = List.copyOf(line);
        line.clear();
        return next;
    }
}
