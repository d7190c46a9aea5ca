package io.ternmq;

import org.jspecify.annotations.Nullable;

/** There is too much to do: send less, or try again later. Nothing was stored. */
public final class BusyException extends UnavailableException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public BusyException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public BusyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
