package io.ternmq.broker.record;

import io.ternmq.broker.catalog.SettingKey;

/** A key-value setting is gone. */
public record SettingDeleted(SettingKey key) implements ControlRecord {
    static final int KIND = 10;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(RecordOutput out) {
        SettingPut.encodeKey(key, out);
    }
}
