package io.ternmq;

import org.jspecify.annotations.Nullable;

/** What was asked cannot be done as it was asked: change it. Nothing was stored. */
public non-sealed class InvalidRequestException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public InvalidRequestException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public InvalidRequestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
