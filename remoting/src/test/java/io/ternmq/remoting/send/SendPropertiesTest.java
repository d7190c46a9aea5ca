package io.ternmq.remoting.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageProperties;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SendPropertiesTest {
    private final SendProperties properties = new SendProperties();

    @Test
    void everyKeyIsFoundOnce() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("UNIQ_KEY", "u1");
        all.put("KEYS", " k1  k2");
        all.put("TAGS", "red");

        UnsafeBuffer buffer = scan(all);

        assertThat(properties.keyHashes())
                .containsExactly(KeyHash.of("t", "u1"), KeyHash.of("t", "k1"), KeyHash.of("t", "k2"));
        assertThat(properties.tagHash()).isEqualTo("red".hashCode());
        assertThat(buffer.getStringWithoutLengthAscii(properties.uniqueKeyIndex(), properties.uniqueKeyLength()))
                .isEqualTo("u1");
    }

    @Test
    void oneMessageLeavesNothingToTheNext() {
        scan(Map.of("UNIQ_KEY", "u1", "DELAY", "3", "TIMER_DELAY_MS", "4", "TRAN_MSG", "true", "TAGS", "x"));
        assertThat(properties.isDelayed()).isTrue();
        assertThat(properties.isTimed()).isTrue();
        assertThat(properties.isTransactional()).isTrue();

        scan(Map.of("own", "1"));

        assertThat(properties.isDelayed()).isFalse();
        assertThat(properties.isTimed()).isFalse();
        assertThat(properties.isTransactional()).isFalse();
        assertThat(properties.tagHash()).isZero();
        assertThat(properties.keyHashes()).isEmpty();
        assertThat(properties.uniqueKeyLength()).isZero();
    }

    @Test
    void aTransactionThatIsNoneIsNone() {
        scan(Map.of("TRAN_MSG", "false"));

        assertThat(properties.isTransactional()).isFalse();
    }

    @Test
    void keysBeyondTheLimitAreNotFoundBy() {
        scan(Map.of("KEYS", "k ".repeat(100) + "k"));

        assertThat(properties.keyHashes()).hasSize(32);
    }

    private UnsafeBuffer scan(Map<String, String> all) {
        byte[] bytes = MessageProperties.format(all);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        properties.scan("t", buffer, 0, bytes.length);
        return buffer;
    }
}
