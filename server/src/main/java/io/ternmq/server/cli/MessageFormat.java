package io.ternmq.server.cli;

import io.ternmq.client.json.JsonText;
import io.ternmq.server.client.ReceivedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How messages are shown: one line for people, one JSON object for programs. */
final class MessageFormat {

    private MessageFormat() {}

    static String json(ReceivedMessage message) {
        return JsonText.line(fields(message));
    }

    static Map<String, Object> fields(ReceivedMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("topic", message.topic());
        fields.put("queue", message.queueId());
        fields.put("offset", message.queueOffset());
        fields.put("id", message.id());
        fields.put("offsetId", message.offsetId());
        fields.put("tag", message.tag());
        fields.put("keys", message.keys());
        fields.put("bornMs", message.bornMs());
        fields.put("storedMs", message.storedMs());
        fields.put("reconsumeTimes", message.reconsumeTimes());
        fields.put("properties", message.properties());
        text(message.body())
                .ifPresentOrElse(
                        body -> fields.put("body", body),
                        () -> fields.put("bodyBase64", Base64.getEncoder().encodeToString(message.body())));
        return fields;
    }

    static String line(ReceivedMessage message, boolean hex) {
        var line = new StringBuilder();
        line.append(message.queueId()).append('/').append(message.queueOffset());
        line.append("  ").append(Instant.ofEpochMilli(message.storedMs()));
        line.append("  ").append(message.id());
        if (!message.tag().isEmpty()) {
            line.append("  tag=").append(message.tag());
        }
        if (!message.keys().isEmpty()) {
            line.append("  keys=").append(message.keys());
        }
        if (message.reconsumeTimes() > 0) {
            line.append("  retries=").append(message.reconsumeTimes());
        }
        Optional<String> body = hex ? Optional.empty() : text(message.body()).filter(MessageFormat::isPrintable);
        return line.append("  ")
                .append(body.orElseGet(() -> "0x" + HexFormat.of().formatHex(message.body())))
                .toString();
    }

    private static Optional<String> text(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
    }
}
