package io.ternmq.protocol.remoting;

import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection are not a frame; where the next one begins is unknown, so the connection is to be closed.
 * The message names the part, its value and what was expected. Garbage is normal on an open port: no stack trace.
 */
public final class MalformedFrameException extends DecoderException {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String name, @Nullable Object value, String expectation) {
        super(name + ": " + value + " (expected: " + expectation + ")");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
