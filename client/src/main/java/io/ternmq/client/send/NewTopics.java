package io.ternmq.client.send;

import io.ternmq.client.route.Routes;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps sends in order while their topic comes into being. The first message makes the topic, which takes the server a moment; what came behind it on the
 * same connection could overtake it there, so it waits here until the first is answered. Thread-safe.
 */
final class NewTopics {

    private final Routes routes;
    private final Map<String, Queue<Runnable>> waiting = new ConcurrentHashMap<>();

    NewTopics(Routes routes) {
        this.routes = routes;
    }

    /**
     * Submits at once where the topic exists.
     *
     * @param result of the send
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
            Queue<Runnable> queue = waiting.get(topic);
            isFirst = queue == null && routes.isAssumed(topic);
            if (isFirst) {
                waiting.put(topic, new ArrayDeque<>());
            } else if (queue != null) {
                queue.add(send);
                return;
            }
        }
        send.run();
        if (isFirst) {
            CompletableFuture<?> unused = result.whenComplete((stored, failure) -> goOn(topic));
        }
    }

    private synchronized void goOn(String topic) {
        routes.forget(topic);
        Queue<Runnable> queue = waiting.get(topic);
        while (queue != null && !queue.isEmpty()) {
            queue.remove().run();
        }
        waiting.remove(topic);
    }
}
