package io.ternmq.compatibility;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;

/** Which message was given to which consumers of a group, in this process and in others. Thread-safe. */
final class Deliveries {
    private final Map<Place, List<String>> consumersOf = new ConcurrentHashMap<>();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();

    /** Where a message lies. */
    record Place(int queueId, long offset) {}

    /** A consumer was given a message. */
    void add(String consumer, Place place, String body) {
        consumersOf
                .computeIfAbsent(place, missing -> new CopyOnWriteArrayList<>())
                .add(consumer);
        bodies.add(body);
    }

    /** A listener that accepts whatever it is given, for that consumer. */
    MessageListenerConcurrently listener(String consumer) {
        return (messages, context) -> {
            messages.forEach(message -> add(
                    consumer, new Place(message.getQueueId(), message.getQueueOffset()), Collected.bodyOf(message)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        };
    }

    /** The bodies of all messages that were given to somebody. */
    Set<String> bodies() {
        return Set.copyOf(bodies);
    }

    int bodyCount() {
        return bodies.size();
    }

    /** What was given more than once. */
    Set<Place> repeated() {
        return consumersOf.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What that consumer was given. */
    Set<Place> of(String consumer) {
        return consumersOf.entrySet().stream()
                .filter(entry -> entry.getValue().contains(consumer))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
