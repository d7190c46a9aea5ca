package io.ternmq;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The selectors that come with the API. */
public final class QueueSelectors {

    private QueueSelectors() {}

    /**
     * The default: messages with an ordering group or a key go by its hash, the others in turn.
     *
     * @return a new selector
     */
    public static QueueSelector byKeyOrInTurn() {
        QueueSelector byKey = byKey();
        QueueSelector inTurn = inTurn();
        return new QueueSelector() {
            @Override
            public Partition select(Message message, List<Partition> partitions) {
                return (isBound(message) ? byKey : inTurn).select(message, partitions);
            }

            @Override
            public boolean isBound(Message message) {
                return byKey.isBound(message);
            }
        };
    }

    /**
     * One partition after the other.
     *
     * @return a new selector
     */
    public static QueueSelector inTurn() {
        AtomicInteger next = new AtomicInteger(ThreadLocalRandom.current().nextInt());
        return (message, partitions) -> partitions.get(Math.floorMod(next.getAndIncrement(), partitions.size()));
    }

    /**
     * Any partition.
     *
     * @return a selector
     */
    public static QueueSelector random() {
        return (message, partitions) ->
                partitions.get(ThreadLocalRandom.current().nextInt(partitions.size()));
    }

    /**
     * The partition that the hash of the ordering group, else of the first key, says. Messages without either go to the first.
     *
     * @return a selector
     */
    public static QueueSelector byKey() {
        return new QueueSelector() {
            @Override
            public Partition select(Message message, List<Partition> partitions) {
                return partitions.get(Math.floorMod(spread(hashOf(message)), partitions.size()));
            }

            @Override
            public boolean isBound(Message message) {
                return message.orderingGroup().isPresent() || !message.keys().isEmpty();
            }
        };
    }

    /**
     * The partition whose broker answers fastest; what is slow or failed is avoided for a while that grows with the delay.
     *
     * @return a new selector
     */
    public static QueueSelector leastLatency() {
        return new LeastLatency(InstantSource.system());
    }

    private static int hashOf(Message message) {
        List<String> keys = message.keys();
        return message.orderingGroup()
                .map(String::hashCode)
                .orElseGet(() -> keys.isEmpty() ? 0 : keys.get(0).hashCode());
    }

    /** Hashes of similar texts differ little: mix their bits. */
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }
}
