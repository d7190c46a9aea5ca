package io.ternmq.client.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests, one behind the other, into a buffer that grows: {@code begin, field …, end}. With credentials each is signed. For
 * one event loop.
 */
public final class RequestWriter {

    private static final byte[] NO_BODY = {};
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ByteBufAllocator allocator;
    private final @Nullable RequestSigner signer;
    private final RemotingFrameEncoder encoder = new RemotingFrameEncoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    /** What is signed; empty without a signer. */
    private final Map<String, String> signed = new TreeMap<>();

    private @Nullable ByteBuf buffer;
    private int opaque;
    private boolean oneWay;

    /** A body that is written where it is to be, without being copied first. */
    public interface Body {

        /**
         * How long it is.
         *
         * @return bytes
         */
        int length();

        /**
         * Writes all of it.
         *
         * @param out has room
         */
        void writeTo(ByteBuf out);
    }

    RequestWriter(ByteBufAllocator allocator, @Nullable RequestSigner signer) {
        this.allocator = allocator;
        this.signer = signer;
    }

    void next(int nextOpaque, boolean isOneWay) {
        opaque = nextOpaque;
        oneWay = isOneWay;
    }

    /**
     * Begins a frame. Codes that do not fit the two bytes of a binary header go in one of JSON.
     *
     * @param code one of {@link io.ternmq.protocol.remoting.RequestCode}
     * @return this
     */
    public RequestWriter begin(int code) {
        HeaderFormat format = code > Short.MAX_VALUE ? HeaderFormat.JSON : HeaderFormat.BINARY;
        if (oneWay) {
            encoder.beginOneway(format, opaque, code);
        } else {
            encoder.beginRequest(format, opaque, code);
        }
        signed.clear();
        return this;
    }

    /**
     * Adds a field.
     *
     * @param name  ASCII
     * @param value a number
     * @return this
     */
    public RequestWriter field(String name, long value) {
        encoder.field(name, value);
        if (signer != null) {
            signed.put(name, Long.toString(value));
        }
        return this;
    }

    /**
     * Adds a field.
     *
     * @param name  ASCII
     * @param value a text; an empty one is left out, as RocketMQ reads none there and would check the signature of another text
     * @return this
     */
    public RequestWriter field(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        encoder.field(name, value);
        if (signer != null) {
            signed.put(name, value);
        }
        return this;
    }

    /**
     * Adds a field.
     *
     * @param name ASCII
     * @param utf8 a text in UTF-8; an empty one is left out
     * @return this
     */
    public RequestWriter field(String name, byte[] utf8) {
        if (utf8.length == 0) {
            return this;
        }
        view.wrap(utf8);
        encoder.field(name, view, 0, utf8.length);
        if (signer != null) {
            signed.put(name, view.getStringWithoutLengthUtf8(0, utf8.length));
        }
        return this;
    }

    /** Ends a frame without a body. */
    public void end() {
        end(NO_BODY);
    }

    /**
     * Ends a frame.
     *
     * @param body all of it is copied
     */
    public void end(byte[] body) {
        if (signer != null) {
            sign(signer, body);
        }
        ByteBuf out = room();
        encoder.end(out, body.length);
        out.writeBytes(body);
    }

    /**
     * Ends a frame.
     *
     * @param body written at once
     */
    public void end(Body body) {
        if (signer != null) {
            ByteBuf whole = Unpooled.buffer(body.length());
            body.writeTo(whole);
            byte[] bytes = new byte[whole.readableBytes()];
            whole.readBytes(bytes);
            end(bytes);
            return;
        }
        ByteBuf out = room();
        int length = body.length();
        encoder.end(out, length);
        out.ensureWritable(length);
        body.writeTo(out);
    }

    int bufferedBytes() {
        return buffer == null ? 0 : buffer.readableBytes();
    }

    /** Hands over what was written since the last time; null when that is nothing. */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = buffer;
        buffer = null;
        return taken;
    }

    void release() {
        ByteBuf rest = take();
        if (rest != null) {
            rest.release();
        }
    }

    private void sign(RequestSigner by, byte[] body) {
        encoder.field(RequestSigner.ACCESS_KEY, by.accessKey());
        signed.put(RequestSigner.ACCESS_KEY, by.accessKey());
        encoder.field(RequestSigner.SIGNATURE, by.signature(signed.values(), body));
    }

    private ByteBuf room() {
        ByteBuf out = buffer;
        if (out == null) {
            out = allocator.directBuffer(BUFFER_BYTES);
            buffer = out;
        }
        return out;
    }
}
