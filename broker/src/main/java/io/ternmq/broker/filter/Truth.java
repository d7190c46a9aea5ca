package io.ternmq.broker.filter;

/** What a condition says of a message. */
enum Truth {
    /** It holds. */
    TRUE,
    /** It does not. */
    FALSE,
    /** A property that it asks for is missing. */
    UNKNOWN,
    /** A property is no number where a number is needed: nothing that rests on it matches, not even its negation. */
    BROKEN;

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    Truth negated() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN, BROKEN -> this;
        };
    }
}
