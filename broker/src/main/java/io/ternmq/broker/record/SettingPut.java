package io.ternmq.broker.record;

import io.ternmq.broker.catalog.SettingKey;

/** A key-value setting has this value from now on. */
public record SettingPut(SettingKey key, String value) implements ControlRecord {
    static final int KIND = 9;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        encodeKey(key, out).string(value);
    }

    static RecordOutput encodeKey(SettingKey key, RecordOutput out) {
        return out.string(key.namespace()).string(key.key());
    }

    static SettingKey decodeKey(RecordInput in) {
        return new SettingKey(in.string(), in.string());
    }
}
