package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.json.JsonObject;
import io.ternmq.server.client.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageFormatTest {

    @Test
    void showsTextAsText() {
        ReceivedMessage message = message("grüß\tGott".getBytes(StandardCharsets.UTF_8));
        assertThat(MessageFormat.line(message, false))
                .isEqualTo("3/7  1970-01-01T00:00:02Z  ID  tag=paid  keys=42 43  retries=1  grüß\tGott");
        JsonObject json = JsonObject.read(MessageFormat.json(message));
        assertThat(json.text("body", "")).isEqualTo("grüß\tGott");
        assertThat(json.number("offset", 0)).isEqualTo(7);
        assertThat(json.object("properties").text("TAGS", "")).isEqualTo("paid");
    }

    @Test
    void showsBytesAsHexAndAsBase64() {
        ReceivedMessage message = message(new byte[] {(byte) 0xFF, 0, 1});
        assertThat(MessageFormat.line(message, false)).endsWith("  0xff0001");
        assertThat(JsonObject.read(MessageFormat.json(message)).text("bodyBase64", ""))
                .isEqualTo("/wAB");
    }

    @Test
    void showsTextAsHexWhenAsked() {
        assertThat(MessageFormat.line(message(new byte[] {'a'}), true)).endsWith("  0x61");
    }

    @Test
    void keepsControlCharactersOffTheTerminal() {
        assertThat(MessageFormat.line(message(new byte[] {27, '[', 'm'}), false))
                .endsWith("  0x1b5b6d");
    }

    private static ReceivedMessage message(byte[] body) {
        Map<String, String> properties = Map.of("UNIQ_KEY", "ID", "TAGS", "paid", "KEYS", "42 43");
        return new ReceivedMessage(
                "T", 3, 7, "00", 1_000, 2_000, 1, properties, body, new ReceivedMessage.Stored(0, 0, body));
    }
}
