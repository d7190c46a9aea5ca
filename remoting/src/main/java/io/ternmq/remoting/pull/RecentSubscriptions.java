package io.ternmq.remoting.pull;

import io.ternmq.broker.member.Subscription;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The subscriptions that came with requests lately. Such consumers send theirs each time, and what it means is found out once.
 * For one event loop.
 */
public final class RecentSubscriptions {
    /** So many are kept; the one that was not asked for the longest goes first. */
    static final int COUNT_MAX = 128;

    private final Map<Key, Subscription> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Subscription> eldest) {
            return size() > COUNT_MAX;
        }
    };

    private record Key(String topic, String expressionType, String expression) {}

    /** @return what that means; whatever its version */
    public Subscription get(String topic, String expressionType, String expression) {
        return byKey.computeIfAbsent(
                new Key(topic, expressionType, expression),
                key -> Subscription.parse(topic, expressionType, expression, 0));
    }

    int count() {
        return byKey.size();
    }
}
