package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.SerializeType;

/** Frames as bytes: written by hand, by us, or by the official codec. */
final class FrameFixture {
    private FrameFixture() {}

    static byte[] frame(int formatCode, byte[] header, byte[] body) {
        return ByteBuffer.allocate(8 + header.length + body.length)
                .putInt(4 + header.length + body.length)
                .putInt(formatCode << 24 | header.length)
                .put(header)
                .put(body)
                .array();
    }

    static byte[] json(String header) {
        return frame(0, header.getBytes(UTF_8), new byte[0]);
    }

    static RemotingCommand official(int code, Map<String, String> fields, byte[] body, HeaderFormat format) {
        RemotingCommand command = RemotingCommand.createRequestCommand(code, null);
        command.setExtFields(new HashMap<>(fields));
        command.setBody(body);
        command.setSerializeTypeCurrentRPC(format == HeaderFormat.JSON ? SerializeType.JSON : SerializeType.ROCKETMQ);
        return command;
    }

    static byte[] bytes(RemotingCommand command) {
        ByteBuffer encoded = command.encode();
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    static byte[] bytes(RemotingFrameEncoder begun, byte[] body) {
        ByteBuf out = Unpooled.buffer();
        begun.end(out, body.length);
        out.writeBytes(body);
        byte[] bytes = ByteBufUtil.getBytes(out);
        out.release();
        return bytes;
    }

    static EmbeddedChannel channel() {
        return channel(WireLimits.DEFAULT);
    }

    static EmbeddedChannel channel(WireLimits limits) {
        return new EmbeddedChannel(new RemotingFrameDecoder(limits));
    }

    /** The one frame that the bytes are. Its body is on the heap: it need not be released. */
    static RemotingFrame decode(byte[] bytes) {
        EmbeddedChannel channel = channel();
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
        RemotingFrame frame = channel.readInbound();
        channel.checkException();
        if (frame == null || channel.readInbound() != null) {
            throw new AssertionError("not one frame");
        }
        return frame;
    }

    static Map<String, String> fields(RemotingFrame frame) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < frame.fieldCount(); i++) {
            fields.put(frame.fieldName(i), frame.fieldValue(i));
        }
        return fields;
    }
}
