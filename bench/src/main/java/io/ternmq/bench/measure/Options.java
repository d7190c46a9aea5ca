package io.ternmq.bench.measure;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code --key value} pairs of a command line. Not thread-safe. */
public final class Options {
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Set<String> unread = new LinkedHashSet<>();

    /**
     * Reads the pairs.
     *
     * @param arguments {@code --key value}; a key without a value is {@code true}
     * @throws IllegalArgumentException when an argument is neither a key nor a key's value
     */
    public Options(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String key = arguments.get(i);
            if (!key.startsWith("--")) {
                throw new IllegalArgumentException("argument: '" + key + "' (expected: --key value)");
            }
            boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            values.put(key.substring(2), hasValue ? arguments.get(++i) : "true");
        }
        unread.addAll(values.keySet());
    }

    /**
     * A text.
     *
     * @param key          without its dashes
     * @param defaultValue when it was not given
     */
    public String text(String key, String defaultValue) {
        unread.remove(key);
        return values.getOrDefault(key, defaultValue);
    }

    /**
     * A whole number that is not negative.
     *
     * @throws IllegalArgumentException when it is not one
     */
    public int count(String key, int defaultValue) {
        String value = text(key, Integer.toString(defaultValue));
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("--" + key + ": '" + value + "' (expected: a whole number)");
        }
        return Integer.parseInt(value);
    }

    /**
     * Seconds, in milliseconds.
     *
     * @throws IllegalArgumentException when it is no number
     */
    public long secondsAsMs(String key, double defaultSeconds) {
        String value = text(key, Double.toString(defaultSeconds));
        if (!value.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("--" + key + ": '" + value + "' (expected: seconds)");
        }
        return Math.round(Double.parseDouble(value) * 1_000);
    }

    /**
     * A folder that must be named.
     *
     * @return absolute; it need not exist
     * @throws IllegalArgumentException when it was not given
     */
    public Path folder(String key) {
        String folder = text(key, "");
        if (folder.isEmpty()) {
            throw new IllegalArgumentException("--" + key + ": '' (expected: a folder)");
        }
        return Path.of(folder).toAbsolutePath();
    }

    /** Whether {@code --key} or {@code --key true} was given. */
    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key, "false"));
    }

    /**
     * To be called once everything was read.
     *
     * @throws IllegalArgumentException when there are options nobody asked for
     */
    public void refuseUnknown() {
        if (!unread.isEmpty()) {
            throw new IllegalArgumentException("unknown options: " + unread);
        }
    }
}
