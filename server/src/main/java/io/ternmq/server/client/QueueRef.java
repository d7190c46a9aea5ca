package io.ternmq.server.client;

import io.ternmq.protocol.remoting.HostPort;
import java.util.Comparator;

/**
 * A queue and where it lives. Sorted as every RocketMQ client sorts, so that all members of a group divide the same list.
 *
 * @param topic      its topic
 * @param brokerName the broker it belongs to
 * @param queueId    its number there, from 0
 * @param broker     the broker's address
 */
public record QueueRef(String topic, String brokerName, int queueId, HostPort broker) implements Comparable<QueueRef> {

    private static final Comparator<QueueRef> ORDER = Comparator.comparing(QueueRef::topic)
            .thenComparing(QueueRef::brokerName)
            .thenComparingInt(QueueRef::queueId);

    @Override
    public int compareTo(QueueRef other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "/" + brokerName + "/" + queueId;
    }
}
