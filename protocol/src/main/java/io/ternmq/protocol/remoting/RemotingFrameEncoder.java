package io.ternmq.protocol.remoting;

import io.netty.buffer.ByteBuf;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames in the format that the other side uses, header first:
 * <pre>{@code
 *   encoder.beginResponse(format, opaque, ResponseCode.SUCCESS, null)
 *          .field("queueOffset", offset)
 *          .end(out, bodyBytes);         // the body's bytes are to follow
 * }</pre>
 * The header grows in an array of the encoder and is copied to the buffer once, when its length is known. Names of fields are ASCII
 * without quotes; values may hold anything. To reuse; one a thread.
 */
public final class RemotingFrameEncoder {
    private static final int FORMAT_SHIFT = 24;

    private final HeaderBuffer header = new HeaderBuffer();
    private final JsonHeaderWriter json = new JsonHeaderWriter();
    private final BinaryHeaderWriter binary = new BinaryHeaderWriter();
    private HeaderFormat format = HeaderFormat.JSON;
    private HeaderWriter writer = json;

    /**
     * Begins an answer.
     *
     * @param format of the request
     * @param opaque of the request
     * @param code one of {@link ResponseCode}
     * @param remark a reason for people, or null
     */
    public RemotingFrameEncoder beginResponse(HeaderFormat format, int opaque, int code, @Nullable String remark) {
        return begin(format, opaque, code, RemotingFrame.FLAG_RESPONSE, remark);
    }

    /**
     * Begins a request.
     *
     * @param code one of {@link RequestCode}
     */
    public RemotingFrameEncoder beginRequest(HeaderFormat format, int opaque, int code) {
        return begin(format, opaque, code, 0, null);
    }

    /**
     * Begins a request that wants no answer.
     *
     * @param code one of {@link RequestCode}
     */
    public RemotingFrameEncoder beginOneway(HeaderFormat format, int opaque, int code) {
        return begin(format, opaque, code, RemotingFrame.FLAG_ONEWAY, null);
    }

    private RemotingFrameEncoder begin(HeaderFormat format, int opaque, int code, int flag, @Nullable String remark) {
        this.format = format;
        writer = format == HeaderFormat.JSON ? json : binary;
        header.clear();
        writer.begin(header, code, opaque, flag, remark);
        return this;
    }

    /** Adds an ext field. */
    public RemotingFrameEncoder field(String name, long value) {
        writer.field(header, name, value);
        return this;
    }

    /** Adds an ext field. */
    public RemotingFrameEncoder field(String name, boolean value) {
        writer.field(header, name, value ? "true" : "false");
        return this;
    }

    /** A null value leaves the field out. */
    public RemotingFrameEncoder field(String name, @Nullable String value) {
        if (value != null) {
            writer.field(header, name, value);
        }
        return this;
    }

    /** The value is UTF-8 in a buffer. */
    public RemotingFrameEncoder field(String name, DirectBuffer value, int index, int length) {
        writer.field(header, name, value, index, length);
        return this;
    }

    /**
     * Ends the header and writes everything up to the body.
     *
     * @param out where it is appended
     * @param bodyBytes how many bytes of body will follow
     */
    public void end(ByteBuf out, int bodyBytes) {
        writer.end(header);
        int headerBytes = header.end();
        out.ensureWritable(2 * Integer.BYTES + headerBytes);
        out.writeInt(Integer.BYTES + headerBytes + bodyBytes);
        out.writeInt(format.code() << FORMAT_SHIFT | headerBytes);
        out.writeBytes(header.bytes(), 0, headerBytes);
    }
}
