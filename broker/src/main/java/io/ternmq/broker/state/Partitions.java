package io.ternmq.broker.state;

/** State is kept in parts by name, so that a checkpoint can be written a part at a time between batches. */
final class Partitions {
    /** Fixed by the checkpoint format: a power of two. */
    static final int COUNT = 64;

    private Partitions() {}

    static int of(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }
}
