package io.ternmq.protocol.remoting;

import org.jspecify.annotations.Nullable;

/**
 * A field of a well-formed frame is missing or holds the wrong kind of value; the request is answered with an error, the
 * connection stays. The message names the field, its value and what was expected. The client's mistake: no stack trace.
 */
public final class BadFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_LENGTH_MAX = 64;

    /**
     * @param name the field
     * @param value what it was, null when missing; only its beginning is shown
     * @param expectation what it should have been
     */
    public BadFieldException(String name, @Nullable String value, String expectation) {
        super(name + ": " + shown(value) + " (expected: " + expectation + ")", null, false, false);
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "missing";
        }
        return value.length() <= SHOWN_LENGTH_MAX
                ? "'" + value + "'"
                : "'" + value.substring(0, SHOWN_LENGTH_MAX) + "…'";
    }
}
