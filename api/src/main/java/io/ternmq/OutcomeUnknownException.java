package io.ternmq;

import org.jspecify.annotations.Nullable;

/** It may have been done or not: no answer came. Sending again may store a message twice. */
public final class OutcomeUnknownException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public OutcomeUnknownException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
