package io.ternmq.bench.compare;

import java.util.Locale;

/**
 * What a figure shall reach.
 *
 * @param kind  what the limit is compared with
 * @param limit a ratio of TernMQ's figure to RocketMQ's, or a figure
 */
record Target(Kind kind, double limit) {
    /** A throughput also counts as reached at this share of what the client does against the null responder. */
    private static final double CEILING_SHARE = 0.85;

    /** What the limit is compared with. */
    enum Kind {
        /** The ratio is at least the limit. */
        RATIO_AT_LEAST("≥ %s ×"),
        /** The ratio is at most the limit. */
        RATIO_AT_MOST("≤ %s ×"),
        /** The figure itself is at most the limit. */
        FIGURE_AT_MOST("≤ %s");

        private final String format;

        Kind(String format) {
            this.format = format;
        }
    }

    /** @param nullResponder NaN where there is none */
    boolean isMet(double ternMq, double rocketMq, double nullResponder) {
        return switch (kind) {
            case RATIO_AT_LEAST -> ternMq >= limit * rocketMq || ternMq >= CEILING_SHARE * nullResponder;
            case RATIO_AT_MOST -> ternMq <= limit * rocketMq;
            case FIGURE_AT_MOST -> ternMq <= limit;
        };
    }

    /** Whether it can be told without the peer's figure. */
    boolean isAbsolute() {
        return kind == Kind.FIGURE_AT_MOST;
    }

    @Override
    public String toString() {
        String number = limit == Math.rint(limit)
                ? String.format(Locale.ROOT, "%.0f", limit)
                : String.format(Locale.ROOT, "%s", limit);
        return String.format(Locale.ROOT, kind.format, number);
    }
}
