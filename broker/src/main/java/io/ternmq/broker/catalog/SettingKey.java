package io.ternmq.broker.catalog;

/** The name of a key-value setting that clients keep in the broker, such as the queue order of a topic. */
public record SettingKey(String namespace, String key) {}
