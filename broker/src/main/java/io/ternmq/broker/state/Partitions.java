package io.ternmq.broker.state;

/** State is kept in parts, by name or position, so that a checkpoint can be written a part at a time between batches. */
final class Partitions {
    /** Fixed by the checkpoint format: a power of two. */
    static final int COUNT = 64;

    private Partitions() {}

    static int of(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNT - 1);
    }

    static int of(long position) {
        long mixed = position * 0x9E37_79B9_7F4A_7C15L;
        return (int) (mixed >>> 32) & (COUNT - 1);
    }
}
