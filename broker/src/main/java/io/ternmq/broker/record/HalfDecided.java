package io.ternmq.broker.record;

/** A half message is no longer undecided; what came of it was stored by the same command. */
public record HalfDecided(long id, Fate fate) implements HalfMessageChange {
    static final int KIND = 19;

    /** What becomes of half messages. */
    public enum Fate {
        /** It became a message of its topic. */
        COMMITTED(0),
        /** Nobody will see it. */
        ROLLED_BACK(1),
        /** Its producers were asked often enough; it went to where an operator finds it. */
        GIVEN_UP(2),
        /** It could not be read any more. */
        LOST(3);

        private final int code;

        Fate(int code) {
            this.code = code;
        }

        private static Fate of(int code) {
            for (Fate fate : values()) {
                if (fate.code == code) {
                    return fate;
                }
            }
            throw new IllegalArgumentException("fate: " + code + " (expected: 0 to 3)");
        }
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        out.longValue(id).intValue(fate.code);
    }

    /** Reads what {@link #encode} wrote. */
    public static HalfDecided decode(RecordInput in) {
        return new HalfDecided(in.longValue(), Fate.of(in.intValue()));
    }
}
