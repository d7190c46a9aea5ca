package io.ternmq.server.wire;

import java.io.IOException;

/** The other side cannot be reached, does not answer in time, or says what nobody understands. */
public class WireException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what happened.
     *
     * @param message one line that names the address or the value
     */
    public WireException(String message) {
        super(message);
    }

    /**
     * Says what happened.
     *
     * @param message one line that names the address or the value
     * @param cause   what it came from
     */
    public WireException(String message, Throwable cause) {
        super(message, cause);
    }
}
