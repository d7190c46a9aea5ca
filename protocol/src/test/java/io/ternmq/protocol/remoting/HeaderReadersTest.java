package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReadersTest {
    @Test
    void readsAHeaderInAnyOrderAndSkipsTheUnknown() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.json(
                "{ \"x\":{\"y\":[1,{\"z\":null}]}, \"flag\" : 3 ,\"extFields\":{\"b\":\"t\"},\"version\":401,\n"
                        + "\"opaque\":-8,\"language\":\"GO\",\"remark\":\"r\\u00e4\",\"code\":14,\"d\":1.5e3}"));
        assertThat(frame.code()).isEqualTo(14);
        assertThat(frame.flag()).isEqualTo(3);
        assertThat(frame.isResponse()).isTrue();
        assertThat(frame.isOneway()).isTrue();
        assertThat(frame.version()).isEqualTo(401);
        assertThat(frame.opaque()).isEqualTo(-8);
        assertThat(frame.language()).isEqualTo(LanguageCode.GO);
        assertThat(frame.remark()).isEqualTo("rä");
        assertThat(FrameFixture.fields(frame)).isEqualTo(Map.of("b", "t"));
        assertThat(frame.format()).isEqualTo(HeaderFormat.JSON);
    }

    @Test
    void takesWhatOtherLanguagesSend() {
        RemotingFrame frame = FrameFixture.decode(
                FrameFixture.json(
                        "{\"code\":1,\"language\":9,\"remark\":null,\"extFields\":{\"i\":7,\"t\":true,\"n\":null,\"e\":\"\"}}"));
        assertThat(frame.language()).isEqualTo(LanguageCode.GO);
        assertThat(frame.remark()).isNull();
        assertThat(FrameFixture.fields(frame)).isEqualTo(Map.of("i", "7", "t", "true", "e", ""));
        assertThat(FrameFixture.decode(FrameFixture.json("{\"code\":1,\"extFields\":null,\"language\":\"KLINGON\"}"))
                        .language())
                .isEqualTo(LanguageCode.OTHER);
        assertThat(FrameFixture.decode(FrameFixture.json("{}")).code()).isZero();
    }

    @Test
    void decodesEscapes() {
        String escaped = "a\\u0001b\\u0002\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\u20ac\\ud83d\\ude42ä€🙂";
        RemotingFrame frame = FrameFixture.decode(FrameFixture.json(
                "{\"extFields\":{\"i\":\"" + escaped + "\",\"na\\u0041me\":\"" + escaped + "\",\"j\":\"1\"}}"));
        String plain = "a\u0001b\u0002\"\\/\b\f\n\r\tä€🙂ä€🙂";
        assertThat(frame.get("i")).isEqualTo(plain);
        assertThat(frame.get("naAme")).isEqualTo(plain);
        assertThat(frame.get("j")).isEqualTo("1");
    }

    @Test
    void aHalfOfAPairBecomesAQuestionMark() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.json("{\"extFields\":{\"i\":\"\\ud83dx\\ude42\"}}"));
        assertThat(frame.get("i")).isEqualTo("?x?");
    }

    @Test
    void ofTwoFieldsWithOneNameTheLaterCounts() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.json("{\"extFields\":{\"a\":\"1\",\"a\":\"2\"}}"));
        assertThat(frame.get("a")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "1",
                "{}x",
                "{} {}",
                "{\"code\":\"x\"}",
                "{\"code\":1.5}",
                "{\"code\":true}",
                "{\"code\":null}",
                "{\"code\":nul}",
                "{\"x\":[1,]}",
                "{\"x\":[1 2]}",
                "{\"x\":{\"y\"}}",
                "{\"code\":99999999999}",
                "{\"code\":1e999999999}",
                "{\"code\":123456789012345678901234567890}",
                "{\"code\":}",
                "{\"code\":1,}",
                "{\"code\"",
                "{\"extFields\":[]}",
                "{\"extFields\":{\"a\":{}}}",
                "{\"extFields\":{\"a\":[1]}}",
                "{\"extFields\":{\"a\":\"\\x\"}}",
                "{\"extFields\":{\"a\":\"\\u00\"}}",
                "{\"extFields\":{\"a\":\"open}}",
                "{\"extFields\":\"a\"}",
                "{\"extFields\":{\"a\":\"\\",
                "{\"extFields\":{\"a\":\"\\u12",
                "{\"extFields\":{\"a\":\"\\u12x4\"}}",
                "{\"remark\":{}}",
                "{\"language\":[]}",
                "{code:1}",
                "{'code':1}"
            })
    void refusesWhatIsNoHeader(String header) {
        assertThatThrownBy(() -> FrameFixture.decode(FrameFixture.json(header)))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("expected: ");
    }

    @Test
    void refusesDeepJson() {
        String deep = "{\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        assertThatThrownBy(() -> FrameFixture.decode(FrameFixture.json(deep)))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void readsUtf8AndNothingElse() {
        for (Charset charset : new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32LE")}) {
            byte[] header = "{\"code\":1}".getBytes(charset);
            assertThatThrownBy(() -> FrameFixture.decode(FrameFixture.frame(0, header, new byte[0])))
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void refusesABinaryHeaderCutAnywhere() {
        byte[] frame = FrameFixture.bytes(
                new RemotingFrameEncoder()
                        .beginResponse(HeaderFormat.BINARY, 7, 1, "because")
                        .field("a", "b")
                        .field("n", 5),
                new byte[0]);
        for (int length = 0; length < frame.length - 8; length++) {
            byte[] cut = Arrays.copyOfRange(frame, 8, 8 + length);
            assertThatThrownBy(() -> FrameFixture.decode(FrameFixture.frame(1, cut, new byte[0])))
                    .as("first %d bytes", length)
                    .isInstanceOf(MalformedFrameException.class)
                    .hasMessageContaining("expected: ");
        }
    }

    @Test
    void inBinaryAnEmptyValueIsNone() {
        RemotingFrame frame = FrameFixture.decode(FrameFixture.bytes(
                new RemotingFrameEncoder()
                        .beginRequest(HeaderFormat.BINARY, 1, 2)
                        .field("a", "")
                        .field("b", "x"),
                new byte[0]));
        assertThat(FrameFixture.fields(frame)).isEqualTo(Map.of("b", "x"));
        assertThat(frame.remark()).isNull();
    }
}
