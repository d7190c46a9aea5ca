package io.ternmq.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.junit.jupiter.api.Test;

class MessagePropertiesTest {
    @Test
    void writesWhatTheOfficialCodecWrites() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("KEYS", "a b");
        properties.put("größe", "42 µm 🙂");
        assertThat(new String(MessageProperties.format(properties), UTF_8))
                .isEqualTo(MessageDecoder.messageProperties2String(properties));
    }

    @Test
    void readsPropertiesWithAndWithoutALastSeparator() {
        assertThat(parse("a\u0001b\u0002c\u0001d")).isEqualTo(Map.of("a", "b", "c", "d"));
        assertThat(parse("a\u0001b\u0002c\u0001d\u0002")).isEqualTo(Map.of("a", "b", "c", "d"));
    }

    @Test
    void ofTwoWithOneNameTheLaterCounts() {
        assertThat(parse("a\u00011\u0002a\u00012\u0002")).isEqualTo(Map.of("a", "2"));
        assertThat(find("a\u00011\u0002a\u00012\u0002", "a")).isEqualTo("2");
    }

    @Test
    void skipsWhatIsNoProperty() {
        assertThat(parse("nonsense\u0002\u0001novalue\u0002noname\u0001\u0002\u0002good\u0001x\u0002"))
                .isEqualTo(Map.of("good", "x"));
    }

    @Test
    void findsNoPartOfAName() {
        String properties = "TAGS2\u0001wrong\u0002XTAGS\u0001wrong\u0002TAGS\u0001right\u0002";
        assertThat(find(properties, "TAGS")).isEqualTo("right");
        assertThat(find(properties, "TAG")).isNull();
        assertThat(find("", "TAGS")).isNull();
    }

    @Test
    void refusesToWriteWhatCouldNotBeReadBack() {
        assertThatThrownBy(() -> MessageProperties.format(Map.of("a", "x\u0002y")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("a: 'x\u0002y'");
        assertThatThrownBy(() -> MessageProperties.format(Map.of("", "x"))).hasMessageContaining("property name");
        assertThatThrownBy(() -> MessageProperties.format(Map.of("a", ""))).hasMessageContaining("a: ''");
    }

    @Property
    void readsBackWhatItWrote(@ForAll Map<@NotEmpty String, @NotEmpty String> anything) {
        Map<String, String> properties = new LinkedHashMap<>();
        anything.forEach((name, value) -> properties.put(wellFormed(name), wellFormed(value)));
        byte[] bytes = MessageProperties.format(properties);
        assertThat(MessageProperties.parse(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(properties);
        assertThat(MessageDecoder.string2messageProperties(new String(bytes, UTF_8)))
                .isEqualTo(properties);
    }

    /** Without separators and half surrogate pairs. */
    private static String wellFormed(String text) {
        return new String(text.replace('\u0001', '_').replace('\u0002', '_').getBytes(UTF_8), UTF_8);
    }

    private static Map<String, String> parse(String properties) {
        byte[] bytes = properties.getBytes(UTF_8);
        return MessageProperties.parse(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static String find(String properties, String name) {
        byte[] bytes = ("##" + properties).getBytes(UTF_8);
        return MessageProperties.find(new UnsafeBuffer(bytes), 2, bytes.length - 2, name);
    }
}
