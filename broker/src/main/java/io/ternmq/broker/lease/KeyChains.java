package io.ternmq.broker.lease;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open messages of a queue by ordering key, each key's in their order. Only the first of a key may be handed out, and
 * with it those right behind it: a message that fails holds up its own key and no other. Shard thread only.
 */
final class KeyChains {
    private static final Deque<Lease> NONE = new ArrayDeque<>(0);

    private final Long2ObjectHashMap<Deque<Lease>> byKey = new Long2ObjectHashMap<>();

    /** Adds a message that comes behind all others of its key. */
    void add(Lease lease, long key) {
        lease.join(key);
        byKey.computeIfAbsent(key, k -> new ArrayDeque<>(2)).addLast(lease);
    }

    boolean isFirst(Lease lease) {
        return of(lease).peekFirst() == lease;
    }

    /** @return the lease's own chain; not to be changed */
    Deque<Lease> of(Lease lease) {
        return byKey.getOrDefault(lease.orderingKey(), NONE);
    }

    /** @return who is first of the key now because this one was; or null */
    @Nullable
    Lease remove(Lease lease) {
        Deque<Lease> chain = of(lease);
        boolean wasFirst = chain.peekFirst() == lease;
        chain.remove(lease);
        if (chain.isEmpty()) {
            byKey.remove(lease.orderingKey());
        }
        return wasFirst ? chain.peekFirst() : null;
    }
}
