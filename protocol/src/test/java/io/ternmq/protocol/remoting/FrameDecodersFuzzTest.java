package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come: frames, or a typed refusal; no buffer is kept, and nothing is read outside of them. */
class FrameDecodersFuzzTest {
    private static final WireLimits LIMITS = new WireLimits(4096, 2048, 32);

    @FuzzTest(maxDuration = "1m")
    void connectionsFromOutside(byte[] bytes) {
        readConnection(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void jsonHeadersFromOutside(byte[] bytes) {
        readHeader(HeaderFormat.JSON, bytes);
        JsonReference.assertAgrees(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void binaryHeadersFromOutside(byte[] bytes) {
        readHeader(HeaderFormat.BINARY, bytes);
    }

    @Property
    void anyBytesAsConnection(@ForAll @Size(max = 200) byte[] bytes) {
        readConnection(bytes);
    }

    @Property
    void anyBytesAsHeader(@ForAll HeaderFormat format, @ForAll @Size(max = 200) byte[] bytes) {
        readHeader(format, bytes);
    }

    @Property(tries = 3000)
    void aDamagedFrame(@ForAll HeaderFormat format, @ForAll @IntRange(max = 10_000) int at, @ForAll byte value) {
        byte[] bytes = FrameFixture.bytes(
                new RemotingFrameEncoder()
                        .beginResponse(format, 7, 1, "a \"reason\"")
                        .field("b", "orders\u0001\u0002ä🙂")
                        .field("g", 1_700_000_000_123L),
                "body".getBytes(UTF_8));
        bytes[at % bytes.length] = value;
        readConnection(bytes);
    }

    @Property(tries = 3000)
    void aDamagedHeader(@ForAll @IntRange(max = 10_000) int at, @ForAll @Size(max = 8) byte[] inserted) {
        byte[] header = ("{\"code\":310,\"language\":\"JAVA\",\"opaque\":1,\"x\":[{\"y\":1}],\"remark\":null,"
                        + "\"extFields\":{\"a\":\"\\u0001ä\\ud83d\\ude42\",\"b\":7,\"c\":true}}")
                .getBytes(UTF_8);
        int cut = at % header.length;
        byte[] damaged = new byte[header.length + inserted.length];
        System.arraycopy(header, 0, damaged, 0, cut);
        System.arraycopy(inserted, 0, damaged, cut, inserted.length);
        System.arraycopy(header, cut, damaged, cut + inserted.length, header.length - cut);
        readHeader(HeaderFormat.JSON, damaged);
        JsonReference.assertAgrees(damaged);
    }

    private static void readConnection(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel(new RemotingFrameDecoder(LIMITS));
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes);
        try {
            channel.writeInbound(buffer);
        } catch (MalformedFrameException refused) {
            assertThat(refused).hasMessageContaining("expected: ");
        }
        for (RemotingFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            readEverything(frame);
            frame.release();
        }
        channel.finishAndReleaseAll();
        assertThat(buffer.refCnt()).isZero();
    }

    private static void readEverything(RemotingFrame frame) {
        assertThat(frame.toString()).isNotEmpty();
        assertThat(frame.body().readableBytes()).isLessThanOrEqualTo(LIMITS.frameBytesMax());
        assertThat(frame.fieldCount()).isLessThanOrEqualTo(LIMITS.fieldCountMax());
        for (int i = 0; i < frame.fieldCount(); i++) {
            assertThat(frame.fieldName(i)).isNotNull();
            assertThat(frame.fieldValue(i)).isNotNull();
        }
        try {
            new SendRequest(new NameCache()).read(frame);
            PullRequest.read(frame, new NameCache());
        } catch (BadFieldException refused) {
            assertThat(refused).hasMessageContaining("expected: ");
        }
    }

    private static void readHeader(HeaderFormat format, byte[] bytes) {
        FrameHeader header = new FrameHeader(format, new HeaderFields(bytes.clone(), LIMITS.fieldCountMax()));
        try {
            if (format == HeaderFormat.JSON) {
                JsonHeaderReader.read(header.fields.text(), header);
            } else {
                BinaryHeaderReader.read(header.fields.text(), header);
            }
            readEverything(new RemotingFrame(header, Unpooled.EMPTY_BUFFER));
        } catch (MalformedFrameException refused) {
            assertThat(refused).hasMessageContaining("expected: ");
        }
    }
}
