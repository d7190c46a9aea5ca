package io.ternmq.protocol.remoting;

/** How the header of a frame is written. */
public enum HeaderFormat {
    /** A JSON object. */
    JSON(0),
    /** RocketMQ's own binary form. */
    BINARY(1);

    private final int code;

    HeaderFormat(int code) {
        this.code = code;
    }

    /** @return the top byte of the frame's header length */
    public int code() {
        return code;
    }
}
