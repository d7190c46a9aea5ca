package io.ternmq.compatibility;

import static io.ternmq.compatibility.Collected.bodyOf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * A listener that can be told that its consumer is about to stop. The client goes on calling it for what it had fetched, after
 * its shutdown even; from then on it takes nothing.
 */
final class PopListener implements MessageListenerConcurrently {
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean stopped;

    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> delivered, ConsumeConcurrentlyContext context) {
        running.incrementAndGet();
        try {
            if (stopped) {
                return ConsumeConcurrentlyStatus.RECONSUME_LATER;
            }
            delivered.forEach(message -> bodies.add(bodyOf(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        } finally {
            running.decrementAndGet();
        }
    }

    List<String> bodies() {
        return bodies;
    }

    /** Takes nothing more; returns once nothing is under way. */
    void stop() {
        stopped = true;
        Waiting.soon().until(() -> running.get() == 0);
    }

    /** What all of them were given, each body once. */
    static Set<String> distinct(List<PopListener> listeners) {
        Set<String> all = new HashSet<>();
        listeners.forEach(listener -> all.addAll(listener.bodies()));
        return all;
    }

    /** How many deliveries were one too many. */
    static int duplicates(List<PopListener> listeners) {
        List<String> all = new ArrayList<>();
        listeners.forEach(listener -> all.addAll(listener.bodies()));
        return all.size() - new HashSet<>(all).size();
    }
}
