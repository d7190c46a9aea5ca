package io.ternmq.broker.state;

import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.SettingDeleted;
import io.ternmq.broker.record.SettingPut;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Key-value settings that clients and tools keep in the broker. Shard thread only. */
public final class Settings {
    /** Most settings there may be, over all namespaces. */
    public static final int COUNT_MAX = 100_000;

    private final Map<SettingKey, String> values = new HashMap<>();

    /** @return the value, or null where none was set */
    public @Nullable String get(SettingKey key) {
        return values.get(key);
    }

    /** @return whether one more key would be one too many */
    public boolean isFull() {
        return values.size() >= COUNT_MAX;
    }

    /** @return the change, or empty when it is so already */
    public Optional<SettingPut> decidePut(SettingKey key, String value) {
        return value.equals(values.get(key)) ? Optional.empty() : Optional.of(new SettingPut(key, value));
    }

    /** @return the change, or empty when it is not set */
    public Optional<SettingDeleted> decideDelete(SettingKey key) {
        return values.containsKey(key) ? Optional.of(new SettingDeleted(key)) : Optional.empty();
    }

    void apply(SettingPut put) {
        values.put(put.key(), put.value());
    }

    void apply(SettingDeleted deleted) {
        values.remove(deleted.key());
    }

    void write(RecordOutput out) {
        out.intValue(values.size());
        values.forEach((key, value) -> new SettingPut(key, value).encode(out));
    }

    void restore(RecordInput in) {
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            apply(new SettingPut(new SettingKey(in.string(), in.string()), in.string()));
        }
    }

    /** Hands over all of them. */
    public void forEach(BiConsumer<SettingKey, String> action) {
        values.forEach(action);
    }
}
