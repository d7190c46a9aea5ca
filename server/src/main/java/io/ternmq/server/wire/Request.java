package io.ternmq.server.wire;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is asked of a server: a code, named header fields, a body. Filled by one thread, then sent. */
public final class Request {

    private static final byte[] NO_BODY = {};

    private final int code;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private byte[] body = NO_BODY;

    /**
     * Begins a request.
     *
     * @param code RocketMQ's request code, at most 32,767
     */
    public Request(int code) {
        if (code < 0 || code > Short.MAX_VALUE) {
            throw new IllegalArgumentException("code: " + code + " (expected: 0.." + Short.MAX_VALUE + ")");
        }
        this.code = code;
    }

    /**
     * Adds a header field.
     *
     * @param name  its name
     * @param value its value, sent as text
     * @return this
     */
    public Request field(String name, Object value) {
        fields.put(name, value.toString());
        return this;
    }

    /**
     * Sets the body.
     *
     * @param bytes not copied
     * @return this
     */
    public Request body(byte[] bytes) {
        body = bytes;
        return this;
    }

    Frame toFrame(int opaque, int flag) {
        return new Frame(code, opaque, flag, "", fields, body);
    }
}
