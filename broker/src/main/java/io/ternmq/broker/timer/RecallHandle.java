package io.ternmq.broker.timer;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a producer gets with a timed message, to recall it by: in URL-safe Base64, the words
 * <pre>
 *   v1 topic brokerName dueMs uniqueKey
 * </pre>
 * with one space between them. Clients read the broker's name out of it.
 *
 * @param brokerName the broker that has the timer
 * @param key names the timer
 */
public record RecallHandle(String brokerName, TimerKey key) {
    private static final String VERSION = "v1";
    private static final String SEPARATOR = " ";
    private static final int WORDS = 5;

    /** @return the text that clients keep */
    public String encode() {
        String words =
                String.join(SEPARATOR, VERSION, key.topic(), brokerName, Long.toString(key.dueMs()), key.uniqueKey());
        return Base64.getUrlEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the handle, or null when the text is none */
    public static @Nullable RecallHandle decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8));
            String[] words = new String(bytes, StandardCharsets.UTF_8).split(SEPARATOR, WORDS);
            if (words.length < WORDS || !words[0].equals(VERSION)) {
                return null;
            }
            return new RecallHandle(words[2], new TimerKey(words[1], words[4], Long.parseLong(words[3])));
        } catch (IllegalArgumentException e) {
            return null; // no Base64, or no number where the time should be
        }
    }
}
