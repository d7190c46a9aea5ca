package io.ternmq;

import org.jspecify.annotations.Nullable;

/** The queue, or what was asked, has been closed. */
public final class ClosedException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public ClosedException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public ClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
