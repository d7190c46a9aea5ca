package io.ternmq.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** Collects settings from their sources; what is read later wins. One thread. */
public final class SettingsReader {

    private final Map<String, Object> valueByKey = new HashMap<>();

    /**
     * Reads a properties file, UTF-8, one {@code key=value} a line.
     *
     * @param file the file
     * @return this
     * @throws SettingException when it cannot be read or a key or value in it is wrong
     */
    public SettingsReader file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new SettingException("--config: '" + file + "' (expected: a properties file in UTF-8): "
                    + unreadable.getClass().getSimpleName());
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            text(key, properties.getProperty(key, ""), file.toString());
        }
        return this;
    }

    /**
     * Takes one setting as text.
     *
     * @param key    a known key
     * @param text   its value as written; blanks around it do not count
     * @param source where it stands, for errors
     * @return this
     * @throws SettingException when there is no such key or the value is wrong
     */
    public SettingsReader text(String key, String text, String source) {
        Setting<?> setting = ServerSetting.find(key)
                .orElseThrow(() -> new SettingException("unknown setting '" + key + "' in " + source
                        + " (did you mean '" + NearestWord.of(key, ServerSetting.keys()) + "'?)"));
        valueByKey.put(key, setting.parse(text.trim(), source));
        return this;
    }

    /**
     * Takes one setting whose key is known to the caller, such as a flag's.
     *
     * @param setting which one
     * @param text    its value as written
     * @param source  where it stands, for errors
     * @return this
     * @throws SettingException when the value is wrong
     */
    public SettingsReader value(Setting<?> setting, String text, String source) {
        return text(setting.key(), text, source);
    }

    /**
     * What was read so far.
     *
     * @return the values, defaults where nothing was read
     */
    public Settings settings() {
        return new Settings(valueByKey);
    }
}
