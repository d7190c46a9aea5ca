package io.ternmq.broker.filter;

/** An expression that cannot be understood. The message says where, what stands there and what was expected. */
public final class BadFilterException extends IllegalArgumentException {
    BadFilterException(String what, String expected) {
        super("SQL92 expression: " + what + " (expected: " + expected + ")");
    }
}
