package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemotingFrameDecoderTest {
    private static byte[] threeFrames() {
        byte[] first = FrameFixture.bytes(
                new RemotingFrameEncoder()
                        .beginRequest(HeaderFormat.JSON, 1, 310)
                        .field("b", "orders"),
                "one".getBytes(UTF_8));
        byte[] second = FrameFixture.bytes(
                new RemotingFrameEncoder()
                        .beginRequest(HeaderFormat.BINARY, 2, 11)
                        .field("topic", "orders"),
                new byte[0]);
        byte[] third = FrameFixture.bytes(
                new RemotingFrameEncoder().beginOneway(HeaderFormat.JSON, 3, 15), "three".getBytes(UTF_8));
        return ByteBuffer.allocate(first.length + second.length + third.length)
                .put(first)
                .put(second)
                .put(third)
                .array();
    }

    private static List<String> drain(EmbeddedChannel channel) {
        List<String> seen = new ArrayList<>();
        for (RemotingFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            seen.add(frame.opaque() + " " + frame.code() + " " + frame.isOneway() + " " + FrameFixture.fields(frame)
                    + " " + frame.body().toString(UTF_8));
            frame.release();
        }
        return seen;
    }

    private static final List<String> THREE =
            List.of("1 310 false {b=orders} one", "2 11 false {topic=orders} ", "3 15 true {} three");

    @Test
    void readsFramesSplitAtEveryByte() {
        byte[] bytes = threeFrames();
        for (int split = 0; split <= bytes.length; split++) {
            EmbeddedChannel channel = FrameFixture.channel();
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, split));
            channel.writeInbound(Unpooled.copiedBuffer(bytes, split, bytes.length - split));
            assertThat(drain(channel)).as("split at %d", split).isEqualTo(THREE);
            channel.finish();
        }
    }

    @Test
    void readsFramesThatComeByteByByte() {
        EmbeddedChannel channel = FrameFixture.channel();
        for (byte b : threeFrames()) {
            channel.writeInbound(Unpooled.buffer(1).writeByte(b));
        }
        assertThat(drain(channel)).isEqualTo(THREE);
        channel.finish();
    }

    @Test
    void aPartOfAFrameIsNoFrame() {
        byte[] bytes = FrameFixture.json("{\"code\":1}");
        for (int length = 0; length < bytes.length; length++) {
            EmbeddedChannel channel = FrameFixture.channel();
            channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, length));
            assertThat(channel.inboundMessages()).isEmpty();
            channel.finish();
        }
    }

    @Test
    void givesBackEveryBuffer() {
        PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
        byte[] bytes = threeFrames();
        ByteBuf whole = allocator.directBuffer().writeBytes(bytes);
        EmbeddedChannel channel = FrameFixture.channel();
        channel.writeInbound(whole);
        assertThat(whole.refCnt()).as("held by the two bodies").isEqualTo(2);
        assertThat(drain(channel)).isEqualTo(THREE);
        assertThat(whole.refCnt()).isZero();
        channel.finish();
    }

    @Test
    void givesBackTheBufferOfGarbage() {
        ByteBuf garbage =
                PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes("GET / HTTP/1.1\r\n".getBytes(UTF_8));
        EmbeddedChannel channel = FrameFixture.channel();
        assertThatThrownBy(() -> channel.writeInbound(garbage)).isInstanceOf(MalformedFrameException.class);
        assertThat(garbage.refCnt()).isZero();
        channel.finish();
    }

    @Test
    void dropsWhatFollowsGarbage() {
        EmbeddedChannel channel = FrameFixture.channel();
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1", UTF_8)))
                .isInstanceOf(MalformedFrameException.class);
        channel.writeInbound(Unpooled.wrappedBuffer(threeFrames()));
        assertThat(channel.inboundMessages()).isEmpty();
        channel.finish();
    }

    @Test
    void refusesLengthsBeforeTheirBytesAreThere() {
        assertThatMalformed(0).hasMessage("frame length: 0 (expected: 4..5242880)");
        assertThatMalformed(3).hasMessage("frame length: 3 (expected: 4..5242880)");
        assertThatMalformed(-1).hasMessage("frame length: -1 (expected: 4..5242880)");
        assertThatMalformed(Integer.MIN_VALUE).hasMessageStartingWith("frame length: ");
        assertThatMalformed(5 * 1024 * 1024 + 1).hasMessage("frame length: 5242881 (expected: 4..5242880)");
        assertThatMalformed(10, 7).hasMessage("header length: 7 (expected: 0..6)");
        assertThatMalformed(5_000_000, 262_145).hasMessage("header length: 262145 (expected: 0..262144)");
        assertThatMalformed(10, 2 << 24 | 6).hasMessage("header format: 2 (expected: 0 (JSON) or 1 (binary))");
        assertThatMalformed(10, 255 << 24 | 6).hasMessageStartingWith("header format: 255");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatMalformed(int... words) {
        ByteBuf bytes = Unpooled.buffer();
        Arrays.stream(words).forEach(bytes::writeInt);
        return assertThatThrownBy(() -> FrameFixture.channel().writeInbound(bytes))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void acceptsAFrameAsLargeAsTheLimit() {
        WireLimits limits = new WireLimits(200, 100, 8);
        byte[] header = "{\"code\":1}".getBytes(UTF_8);
        EmbeddedChannel channel = FrameFixture.channel(limits);
        channel.writeInbound(Unpooled.wrappedBuffer(FrameFixture.frame(0, header, new byte[196 - header.length])));
        RemotingFrame frame = channel.readInbound();
        assertThat(frame.body().readableBytes()).isEqualTo(196 - header.length);
        byte[] oneMore = FrameFixture.frame(0, header, new byte[197 - header.length]);
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(oneMore)))
                .hasMessage("frame length: 201 (expected: 4..200)");
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void refusesMoreFieldsThanTheLimit(HeaderFormat format) {
        WireLimits limits = new WireLimits(5000, 4000, 20);
        RemotingFrameEncoder encoder = new RemotingFrameEncoder().beginRequest(format, 1, 1);
        for (int i = 0; i < 20; i++) {
            encoder.field("f" + i, i);
        }
        EmbeddedChannel channel = FrameFixture.channel(limits);
        channel.writeInbound(Unpooled.wrappedBuffer(FrameFixture.bytes(encoder, new byte[0])));
        RemotingFrame frame = channel.readInbound();
        assertThat(frame.fieldCount()).isEqualTo(20);
        assertThat(frame.getInt("f19")).isEqualTo(19);
        encoder.beginRequest(format, 1, 1);
        for (int i = 0; i <= 20; i++) {
            encoder.field("f" + i, i);
        }
        assertThatThrownBy(() -> channel.writeInbound(Unpooled.wrappedBuffer(FrameFixture.bytes(encoder, new byte[0]))))
                .hasMessage("ext field count: more than 20 (expected: at most 20)");
    }

    @Test
    void aViewOfTheBodySeesItsBytes() {
        for (ByteBuf buffer : List.of(Unpooled.directBuffer(), Unpooled.buffer())) {
            buffer.writeBytes(FrameFixture.frame(0, "{\"code\":1}".getBytes(UTF_8), "body".getBytes(UTF_8)));
            EmbeddedChannel channel = FrameFixture.channel();
            channel.writeInbound(buffer);
            RemotingFrame frame = channel.readInbound();
            UnsafeBuffer view = new UnsafeBuffer(0, 0);
            FrameBody.wrap(view, frame.body());
            assertThat(view.getStringWithoutLengthAscii(0, view.capacity())).isEqualTo("body");
            FrameBody.wrap(view, Unpooled.EMPTY_BUFFER);
            assertThat(view.capacity()).isZero();
            ByteBuf parts =
                    Unpooled.wrappedBuffer(Unpooled.copiedBuffer("a", UTF_8), Unpooled.copiedBuffer("b", UTF_8));
            FrameBody.wrap(view, parts);
            assertThat(view.getStringWithoutLengthAscii(0, 2)).isEqualTo("ab");
            frame.release();
        }
    }

    @Test
    void readsFieldsAsNumbersAndBooleans() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.bytes(FrameFixture.official(
                1,
                Map.of("int", "-7", "long", "9223372036854775807", "yes", "true", "no", "false", "text", "x7"),
                null,
                HeaderFormat.JSON)));
        assertThat(frame.getInt("int")).isEqualTo(-7);
        assertThat(frame.getInt("absent", 5)).isEqualTo(5);
        assertThat(frame.getLong("long")).isEqualTo(Long.MAX_VALUE);
        assertThat(frame.getLong("absent", 6)).isEqualTo(6);
        assertThat(frame.getBoolean("yes", false)).isTrue();
        assertThat(frame.getBoolean("no", true)).isFalse();
        assertThat(frame.getBoolean("absent", true)).isTrue();
        assertThat(frame.getRequired("text")).isEqualTo("x7");
        assertThat(frame.get("absent")).isNull();
        assertThatThrownBy(() -> frame.getInt("text"))
                .isInstanceOf(BadFieldException.class)
                .hasMessage("text: 'x7' (expected: a number of 64 bits)");
        assertThatThrownBy(() -> frame.getInt("long"))
                .hasMessage("long: '9223372036854775807' (expected: a number of 32 bits)");
        assertThatThrownBy(() -> frame.getRequired("absent")).hasMessage("absent: missing (expected: a value)");
        assertThat(frame.toString()).contains("code=1");
    }
}
