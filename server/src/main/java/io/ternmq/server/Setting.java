package io.ternmq.server;

import java.util.Optional;

/**
 * One thing that can be set.
 *
 * @param key         what it is called in files and behind {@code --set}
 * @param type        how its value is written
 * @param defaultText its value when nobody sets it, as it would be written; may be empty where the type allows it
 * @param doc         what it does, one or two sentences
 * @param <T>         what the program gets
 */
public record Setting<T>(String key, ValueType<T> type, String defaultText, String doc) {

    public Setting {
        if (type.parse(defaultText).isEmpty()) {
            throw new IllegalArgumentException(complaint(key, defaultText, type.expectation()));
        }
    }

    /**
     * Reads a value of this setting.
     *
     * @param text   the value as written
     * @param source where it stands, for the error
     * @return the value
     * @throws SettingException when the text is not what the type expects
     */
    T parse(String text, String source) {
        Optional<T> value = type.parse(text);
        return value.orElseThrow(
                () -> new SettingException(complaint(key, text, type.expectation()) + " in " + source));
    }

    private static String complaint(String key, String text, String expectation) {
        return key + ": '" + text + "' (expected: " + expectation + ")";
    }
}
