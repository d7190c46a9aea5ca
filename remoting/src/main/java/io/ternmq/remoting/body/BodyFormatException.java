package io.ternmq.remoting.body;

/** A client's body is not what its request asks for. The message says what was wrong and where. */
public final class BodyFormatException extends RuntimeException {
    BodyFormatException(String message) {
        super(message);
    }

    BodyFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
