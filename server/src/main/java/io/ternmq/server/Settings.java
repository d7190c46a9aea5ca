package io.ternmq.server;

import java.util.Map;

/** The values a server runs with: what was set, and the defaults of the rest. Immutable, for any thread. */
public final class Settings {

    private final Map<String, Object> valueByKey;

    /** Only {@link SettingsReader} makes them: the value of a key has the type of its setting. */
    Settings(Map<String, Object> valueByKey) {
        this.valueByKey = Map.copyOf(valueByKey);
    }

    /**
     * Looks a value up.
     *
     * @param setting which one
     * @param <T>     its type
     * @return the value that was set last, or the default
     */
    @SuppressWarnings("unchecked") // the reader put in what this very setting's type had parsed
    public <T> T get(Setting<T> setting) {
        Object value = valueByKey.get(setting.key());
        return value == null ? setting.parse(setting.defaultText(), "the defaults") : (T) value;
    }
}
