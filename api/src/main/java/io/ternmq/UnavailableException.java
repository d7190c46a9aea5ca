package io.ternmq;

import org.jspecify.annotations.Nullable;

/** It cannot be done now, and was not done: try again later. */
public non-sealed class UnavailableException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public UnavailableException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
