package io.ternmq.broker.catalog;

/** A topic as it stands: its settings, and which queues of the shard are its own. Immutable. */
public final class Topic {
    private final TopicConfig config;
    private final int[] queueNos;
    private final boolean compacted;

    /** Takes ownership of the array, which has at least {@link TopicConfig#queueCount()} elements. */
    public Topic(TopicConfig config, int[] queueNos) {
        if (queueNos.length < config.queueCount()) {
            throw new IllegalArgumentException(
                    "queueNos: " + queueNos.length + " (expected: at least " + config.queueCount() + ")");
        }
        this.config = config;
        this.queueNos = queueNos;
        this.compacted = config.isCompacted();
    }

    /** @return its name */
    public String name() {
        return config.name();
    }

    /** @return its settings */
    public TopicConfig config() {
        return config;
    }

    /** @return whether retention keeps the newest message of each of its keys; a message must have a key then */
    public boolean isCompacted() {
        return compacted;
    }

    /** @return how many queues it has, those included that were taken out of use later; they keep their messages */
    public int queueCount() {
        return queueNos.length;
    }

    /** @return the shard's number of that queue; the id must be in 0..{@link #queueCount()}-1 */
    public int queueNo(int queueId) {
        return queueNos[queueId];
    }

    /** @return whether the topic has a queue of that id */
    public boolean hasQueue(int queueId) {
        return queueId >= 0 && queueId < queueNos.length;
    }

    /** @return a copy of the queue numbers, by queue id */
    public int[] queueNos() {
        return queueNos.clone();
    }
}
