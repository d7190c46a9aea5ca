package io.ternmq.broker.access;

/** The server could not listen on an address. The message names it and says why. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause why not */
    public CannotListenException(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
    }
}
