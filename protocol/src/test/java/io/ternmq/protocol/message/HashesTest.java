package io.ternmq.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class HashesTest {
    @Test
    void theHashOfATagIsThatOfItsString() {
        assertThat(TagHash.of("paid")).isEqualTo("paid".hashCode());
        assertThat(TagHash.of(null)).isZero();
        assertThat(TagHash.of("")).isZero();
    }

    @Property
    void theHashOfATagInABufferIsTheSame(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);
        String readBack = new String(bytes, UTF_8);
        assertThat(TagHash.of(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(readBack.hashCode());
    }

    /** These values stand in files: they never change. */
    @Test
    void hashesOfKeysStayWhatTheyAre() {
        assertThat(KeyHash.of("orders", "k1")).isEqualTo(0xBB49128D6C6878E5L);
        assertThat(KeyHash.of("größe", "schlüssel")).isEqualTo(0xA9EAA0AE5CA05EA7L);
        assertThat(KeyHash.of("", "")).isEqualTo(0xBC6F219BD915002FL);
    }

    @Property
    void theHashOfAKeyInABufferIsTheSame(@ForAll String topic, @ForAll String key) {
        byte[] bytes = key.getBytes(UTF_8);
        assertThat(KeyHash.of(KeyHash.topicSeed(topic), new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(KeyHash.of(topic, key))
                .isNotZero();
    }

    @Test
    void topicAndKeyDoNotRunTogether() {
        assertThat(KeyHash.of("ab", "c")).isNotEqualTo(KeyHash.of("a", "bc"));
    }
}
