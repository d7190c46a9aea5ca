package io.ternmq.log;

import org.jspecify.annotations.Nullable;

/** The log refuses to open, and the message says why and what to do. Nothing on the disk was changed. */
public final class LogRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what was expected */
    public LogRefusedException(String message) {
        this(message, null);
    }

    /** @param message what was found and what was expected */
    public LogRefusedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
