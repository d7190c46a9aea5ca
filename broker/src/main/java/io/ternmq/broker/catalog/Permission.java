package io.ternmq.broker.catalog;

/** The permission bits of a topic, with the values that RocketMQ's clients know. */
public final class Permission {
    /** Consumers may read. */
    public static final int READ = 4;

    /** Producers may write. */
    public static final int WRITE = 2;

    /** Topics that are made on first use take its settings; only the template topic has it. */
    public static final int INHERIT = 1;

    /** Neither. */
    public static final int NONE = 0;

    /** Every known bit. */
    public static final int ALL = READ | WRITE | INHERIT;

    private Permission() {}

    /** @return whether consumers may read */
    public static boolean isReadable(int permission) {
        return (permission & READ) != 0;
    }

    /** @return whether producers may write */
    public static boolean isWritable(int permission) {
        return (permission & WRITE) != 0;
    }
}
