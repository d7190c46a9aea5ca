package io.ternmq;

/**
 * A part of a topic whose messages are in order. RocketMQ calls it a message queue.
 *
 * @param topic  which topic
 * @param broker who has it
 * @param id     its number there, 0 or more
 */
public record Partition(String topic, String broker, int id) implements Comparable<Partition> {

    @Override
    public int compareTo(Partition other) {
        int byTopic = topic.compareTo(other.topic);
        int byBroker = byTopic != 0 ? byTopic : broker.compareTo(other.broker);
        return byBroker != 0 ? byBroker : Integer.compare(id, other.id);
    }

    @Override
    public String toString() {
        return topic + '/' + broker + '/' + id;
    }
}
