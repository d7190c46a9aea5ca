package io.ternmq;

import org.jspecify.annotations.Nullable;

/** The message is no longer this process's: its time was over, and another may have it. Nothing can be done. */
public final class LeaseLostException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public LeaseLostException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public LeaseLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
