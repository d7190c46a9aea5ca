package io.ternmq.broker.lease;

import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import java.util.function.IntPredicate;

/**
 * What somebody looks for in a queue, and with what. Shard thread only.
 *
 * @param topic the one that was asked for: the queue's, or one whose takers get what came back to the group besides
 * @param lane of who asks; empty for the base
 * @param tagFilter what it refuses of who asks' own messages is done
 * @param sources where messages are looked at
 */
record Search(String topic, String lane, IntPredicate tagFilter, Sources sources) {
    /**
     * Where messages are looked at; used for one search after the other.
     *
     * @param queues knows where they lie
     * @param entries for some of a queue
     * @param one for one of them
     * @param routing reads what is in them
     */
    record Sources(QueueIndex queues, IndexEntries entries, IndexEntries one, Routing routing) {}

    QueueIndex queues() {
        return sources.queues;
    }

    IndexEntries entries() {
        return sources.entries;
    }

    Routing routing() {
        return sources.routing;
    }
}
