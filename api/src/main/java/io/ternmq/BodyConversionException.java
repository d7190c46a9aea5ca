package io.ternmq;

import org.jspecify.annotations.Nullable;

/** A body could not be converted to or from bytes. */
public final class BodyConversionException extends TernMQException {

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     */
    public BodyConversionException(String message) {
        super(message, null);
    }

    /**
     * Says what happened.
     *
     * @param message what, where, and what was expected
     * @param cause   what was behind it, or null
     */
    public BodyConversionException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
