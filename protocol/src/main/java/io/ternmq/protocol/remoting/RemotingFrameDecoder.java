package io.ternmq.protocol.remoting;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the bytes of one connection into {@link RemotingFrame}s. Big-endian:
 * <pre>
 *   0        4        5              8
 *   +--------+--------+--------------+------…-----+-----…-----+
 *   | length | format | header length|   header   |   body    |
 *   |    4   |    1   |       3      |            |           |
 *   +--------+--------+--------------+------…-----+-----…-----+
 *            |◄──────────────── length ──────────────────────►|
 * </pre>
 * Every length is checked against {@link WireLimits} as soon as its four bytes are there, before anything is allocated for
 * it. After a {@link MalformedFrameException} the rest of the connection's bytes is dropped: the handler behind should close it.
 */
public final class RemotingFrameDecoder extends ByteToMessageDecoder {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int HEADER_LENGTH_BYTES = Integer.BYTES;
    private static final int HEADER_LENGTH_MASK = 0xFFFFFF;
    private static final int FORMAT_SHIFT = 24;

    private final WireLimits limits;
    private boolean malformed;

    /** @param limits what the peer may make us hold */
    public RemotingFrameDecoder(WireLimits limits) {
        this.limits = limits;
    }

    /** @return bytes held of a frame that is not whole yet; event loop of the connection only */
    public int unparsedBytes() {
        return actualReadableBytes();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (malformed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            if (isWhole(in)) {
                out.add(readFrame(in));
            }
        } catch (MalformedFrameException e) {
            malformed = true;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    /** Checks the lengths that are there already. */
    private boolean isWhole(ByteBuf in) {
        int readable = in.readableBytes();
        if (readable < LENGTH_BYTES) {
            return false;
        }
        int frameBytes = in.getInt(in.readerIndex());
        if (frameBytes < HEADER_LENGTH_BYTES || frameBytes > limits.frameBytesMax()) {
            throw new MalformedFrameException(
                    "frame length", frameBytes, HEADER_LENGTH_BYTES + ".." + limits.frameBytesMax());
        }
        if (readable < LENGTH_BYTES + HEADER_LENGTH_BYTES) {
            return false;
        }
        int formatAndLength = in.getInt(in.readerIndex() + LENGTH_BYTES);
        int headerBytes = formatAndLength & HEADER_LENGTH_MASK;
        int headerBytesMax = Math.min(limits.headerBytesMax(), frameBytes - HEADER_LENGTH_BYTES);
        if (headerBytes > headerBytesMax) {
            throw new MalformedFrameException("header length", headerBytes, "0.." + headerBytesMax);
        }
        format(formatAndLength);
        return readable >= LENGTH_BYTES + frameBytes;
    }

    private RemotingFrame readFrame(ByteBuf in) {
        int frameBytes = in.readInt();
        int formatAndLength = in.readInt();
        byte[] headerBytes = new byte[formatAndLength & HEADER_LENGTH_MASK];
        in.readBytes(headerBytes);
        FrameHeader header =
                new FrameHeader(format(formatAndLength), new HeaderFields(headerBytes, limits.fieldCountMax()));
        if (header.format == HeaderFormat.JSON) {
            JsonHeaderReader.read(headerBytes, header);
        } else {
            BinaryHeaderReader.read(headerBytes, header);
        }
        int bodyBytes = frameBytes - HEADER_LENGTH_BYTES - headerBytes.length;
        return new RemotingFrame(header, bodyBytes == 0 ? Unpooled.EMPTY_BUFFER : in.readRetainedSlice(bodyBytes));
    }

    private static HeaderFormat format(int formatAndLength) {
        int code = formatAndLength >>> FORMAT_SHIFT;
        return switch (code) {
            case 0 -> HeaderFormat.JSON;
            case 1 -> HeaderFormat.BINARY;
            default -> throw new MalformedFrameException("header format", code, "0 (JSON) or 1 (binary)");
        };
    }
}
