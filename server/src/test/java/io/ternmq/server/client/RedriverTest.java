package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.message.SysFlag;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedriverTest {

    @Test
    void aMessageGoesAgainAsIfItHadNeverFailed() {
        Map<String, String> properties =
                new HashMap<>(Map.of("UNIQ_KEY", "ID", "TAGS", "paid", "KEYS", "42", "colour", "red"));
        properties.putAll(
                Map.of("RETRY_TOPIC", "orders", "ORIGIN_MESSAGE_ID", "1", "RECONSUME_TIME", "3", "DELAY", "5"));
        properties.putAll(Map.of("DLQ_ORIGIN_TOPIC", "orders", "DLQ_ORIGIN_MESSAGE_ID", "1", "REAL_TOPIC", "%RETRY%g"));

        OutgoingMessage again = Redriver.again(message(properties), "orders");

        assertThat(again.topic()).isEqualTo("orders");
        assertThat(again.properties())
                .containsOnly(
                        Map.entry("UNIQ_KEY", "ID"),
                        Map.entry("TAGS", "paid"),
                        Map.entry("KEYS", "42"),
                        Map.entry("colour", "red"),
                        Map.entry("REDRIVEN_FROM", "0A"));
    }

    @Test
    void itsBodyStaysAsItWasCompressed() {
        OutgoingMessage again = Redriver.again(message(Map.of()), "orders");

        assertThat(again.body()).containsExactly(9, 9);
        assertThat(again.flag()).isEqualTo(7);
        assertThat(again.sysFlag()).isEqualTo(SysFlag.COMPRESSED | SysFlag.COMPRESSION_LZ4);
    }

    @Test
    void whereItCameFromIsItsFirstTopic() {
        assertThat(Redriver.originTopic(Map.of("DLQ_ORIGIN_TOPIC", "a", "RETRY_TOPIC", "b")))
                .contains("a");
        assertThat(Redriver.originTopic(Map.of("RETRY_TOPIC", "b"))).contains("b");
        assertThat(Redriver.originTopic(Map.of())).isEmpty();
    }

    private static ReceivedMessage message(Map<String, String> properties) {
        int sysFlag =
                SysFlag.COMPRESSED | SysFlag.COMPRESSION_LZ4 | SysFlag.TRANSACTION_COMMIT | SysFlag.BORN_HOST_IPV6;
        var stored = new ReceivedMessage.Stored(7, sysFlag, new byte[] {9, 9});
        return new ReceivedMessage("%DLQ%g", 0, 5, "0A", 1, 2, 3, properties, new byte[] {1}, stored);
    }
}
