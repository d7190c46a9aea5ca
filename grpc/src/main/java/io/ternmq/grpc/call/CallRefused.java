package io.ternmq.grpc.call;

import apache.rocketmq.v2.Code;

/** A request that cannot be served as it is. Without a stack trace: it is an answer. */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Code code;

    /** @param message names the thing, its value and what was expected */
    public CallRefused(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** @return what the client is told */
    public Code code() {
        return code;
    }

    /** @return what the client is told, in words */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
