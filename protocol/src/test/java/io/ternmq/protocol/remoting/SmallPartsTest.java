package io.ternmq.protocol.remoting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class SmallPartsTest {
    @Property
    void numbersAreReadAsTheJdkReadsThem(@ForAll @CharRange(from = '-', to = '9') @StringLength(max = 22) String text) {
        byte[] bytes = ("#" + text + "#").getBytes(US_ASCII);
        boolean isLong = AsciiNumber.isLong(bytes, 1, bytes.length - 1);
        try {
            long expected = Long.parseLong(text);
            if (text.length() <= AsciiNumber.LENGTH_MAX) {
                assertThat(isLong).isTrue();
                assertThat(AsciiNumber.parse(bytes, 1, bytes.length - 1)).isEqualTo(expected);
            }
        } catch (NumberFormatException e) {
            assertThat(isLong).isFalse();
        }
    }

    @Property
    void numbersAreWrittenAsTheJdkWritesThem(@ForAll long value) {
        byte[] bytes = new byte[AsciiNumber.LENGTH_MAX + 1];
        int end = AsciiNumber.format(value, bytes, 1);
        assertThat(new String(bytes, 1, end - 1, US_ASCII)).isEqualTo(Long.toString(value));
        assertThat(AsciiNumber.isLong(bytes, 1, end)).isTrue();
        assertThat(AsciiNumber.parse(bytes, 1, end)).isEqualTo(value);
    }

    @Example
    void theEdgesOfLong() {
        for (String text : new String[] {"9223372036854775807", "-9223372036854775808", "0", "-0"}) {
            byte[] bytes = text.getBytes(US_ASCII);
            assertThat(AsciiNumber.isLong(bytes, 0, bytes.length)).as(text).isTrue();
            assertThat(AsciiNumber.parse(bytes, 0, bytes.length)).isEqualTo(Long.parseLong(text));
        }
        for (String text :
                new String[] {"9223372036854775808", "-9223372036854775809", "", "-", "+1", "99999999999999999999"}) {
            byte[] bytes = text.getBytes(US_ASCII);
            assertThat(AsciiNumber.isLong(bytes, 0, bytes.length)).as(text).isFalse();
        }
        numbersAreWrittenAsTheJdkWritesThem(Long.MIN_VALUE);
        numbersAreWrittenAsTheJdkWritesThem(Long.MAX_VALUE);
    }

    @Property
    void textBecomesUtf8(@ForAll String text) {
        byte[] bytes = new byte[text.length() * 3];
        int end = 0;
        for (int codePoint : text.codePoints().toArray()) {
            end = Utf8Bytes.put(bytes, end, codePoint);
        }
        assertThat(new String(bytes, 0, end, UTF_8)).isEqualTo(new String(text.getBytes(UTF_8), UTF_8));
    }

    @Property
    void theCacheGivesTheNameThatWasAskedFor(@ForAll String name) {
        byte[] bytes = ("#" + name + "#").getBytes(UTF_8);
        String expected = new String(bytes, 1, bytes.length - 2, UTF_8);
        assertThat(CACHE.string(bytes, 1, bytes.length - 1)).isEqualTo(expected);
        if (bytes.length < 255) {
            assertThat(CACHE.string(bytes, 1, bytes.length - 1)).isSameAs(CACHE.string(bytes, 1, bytes.length - 1));
        }
    }

    private static final NameCache CACHE = new NameCache();

    @Example
    void limitsAreChecked() {
        assertThatThrownBy(() -> new WireLimits(100, 97, 8)).hasMessage("frameBytesMax: 100 (expected: at least 101)");
        assertThatThrownBy(() -> new WireLimits(100, 0, 8)).hasMessage("headerBytesMax: 0 (expected: 1..16777215)");
        assertThatThrownBy(() -> new WireLimits(100, 10, 11)).hasMessage("fieldCountMax: 11 (expected: 1..10)");
        assertThat(WireLimits.DEFAULT.frameBytesMax()).isEqualTo(5 * 1024 * 1024);
    }

    @Example
    void languagesHaveNames() {
        assertThat(LanguageCode.name(LanguageCode.NODE_JS)).isEqualTo("NODE_JS");
        assertThat(LanguageCode.name(-1)).isEqualTo("OTHER");
        assertThat(LanguageCode.name(99)).isEqualTo("OTHER");
    }

    @Example
    void aLargeHeaderIsWrittenWhole() {
        String large = "ä\"".repeat(60_000);
        for (HeaderFormat format : HeaderFormat.values()) {
            RemotingFrameEncoder encoder = new RemotingFrameEncoder();
            for (int i = 0; i < 2; i++) {
                byte[] bytes =
                        FrameFixture.bytes(encoder.beginRequest(format, i, 1).field("a", large), new byte[0]);
                assertThat(FrameFixture.decode(bytes).get("a")).isEqualTo(large);
            }
        }
        assertThatThrownBy(() -> new RemotingFrameEncoder()
                        .beginRequest(HeaderFormat.BINARY, 1, 1)
                        .field("ä", 1))
                .hasMessage("name: 'ä' (expected: ASCII)");
    }
}
