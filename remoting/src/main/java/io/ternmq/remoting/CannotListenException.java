package io.ternmq.remoting;

/** The server could not listen on an address. The message names it and says why. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListenException(String host, int port, Throwable cause) {
        super("cannot listen on " + host + ":" + port + ": " + cause.getMessage(), cause);
    }
}
