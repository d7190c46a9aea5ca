package io.ternmq;

import org.jspecify.annotations.Nullable;

/** Something went wrong. Its kind says what can be done about it. */
public abstract sealed class TernMQException extends RuntimeException
        permits InvalidRequestException,
                UnavailableException,
                OutcomeUnknownException,
                LeaseLostException,
                UnsupportedException,
                BodyConversionException,
                ClosedException {

    TernMQException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
