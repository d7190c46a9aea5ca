package io.ternmq.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

    @Property(tries = 50)
    void readsBackWhatItWrites(
            @ForAll short code,
            @ForAll int opaque,
            @ForAll @Size(max = 8) Map<String, String> fields,
            @ForAll @Size(max = 64) byte[] body)
            throws IOException {
        var frame = new Frame(code, opaque, Frame.ANSWER, "why", withoutSurrogates(fields), body);
        Frame back = read(FrameCodec.encode(frame));
        assertThat(back).usingRecursiveComparison().isEqualTo(frame);
    }

    @Test
    void readsAJsonHeader() throws IOException {
        String header =
                "{\"code\":40,\"extFields\":{\"consumerGroup\":\"g\"},\"flag\":2,\"language\":\"JAVA\",\"opaque\":7}";
        Frame frame = read(frame(0, header.getBytes(StandardCharsets.UTF_8), "body"));
        assertThat(frame.code()).isEqualTo(40);
        assertThat(frame.opaque()).isEqualTo(7);
        assertThat(frame.isAnswer()).isFalse();
        assertThat(frame.text("consumerGroup")).isEqualTo("g");
        assertThat(frame.body()).asString().isEqualTo("body");
    }

    @Test
    void refusesALengthBeforeItAllocates() {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(http))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("frame length: 1213486160 (expected: 4..33554432)");
    }

    @Test
    void refusesAHeaderLongerThanItsFrame() {
        byte[] bytes = ByteBuffer.allocate(8).putInt(4).putInt(1 << 24 | 9).array();
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(WireException.class)
                .hasMessage("header length: 9 (expected: at most 0)");
    }

    @Test
    void saysWhenTheOtherSideCloses() {
        byte[] whole = FrameCodec.encode(new Frame(0, 1, 1, "", Map.of("a", "b"), new byte[10]));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
        }
    }

    @Property(tries = 200)
    void anyHeaderBytesGiveAFrameOrAWireException(@ForAll @Size(max = 100) byte[] header, @ForAll boolean binary) {
        byte[] bytes = frame(binary ? 1 : 0, header, "");
        try {
            assertThat(read(bytes)).isNotNull();
        } catch (IOException expected) {
            assertThat(expected).isInstanceOf(WireException.class);
        }
    }

    private static byte[] frame(int type, byte[] header, String body) {
        byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + header.length + bodyBytes.length)
                .putInt(4 + header.length + bodyBytes.length)
                .putInt(type << 24 | header.length)
                .put(header)
                .put(bodyBytes)
                .array();
    }

    private static Map<String, String> withoutSurrogates(Map<String, String> fields) {
        Map<String, String> clean = new java.util.LinkedHashMap<>();
        fields.forEach((key, value) -> clean.put(key.replaceAll("\\p{Cs}", ""), value.replaceAll("\\p{Cs}", "")));
        return clean;
    }

    private static Frame read(byte[] bytes) throws IOException {
        return FrameCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
