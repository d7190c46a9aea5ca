package io.ternmq.broker.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed topics, groups and key-value settings of a shard. The shard thread alone publishes, after the commit;
 * any thread reads, without waiting.
 */
public final class Catalog {
    private final ConcurrentHashMap<String, Topic> topics = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, GroupConfig> groups = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<SettingKey, String> settings = new ConcurrentHashMap<>();

    /** @return the topic, or null where there is none */
    public @Nullable Topic topic(String name) {
        return topics.get(name);
    }

    /** @return the group's settings, or null for a group that nobody configured or used */
    public @Nullable GroupConfig group(String name) {
        return groups.get(name);
    }

    /** @return the value, or null where none was set */
    public @Nullable String setting(SettingKey key) {
        return settings.get(key);
    }

    /** @return a live, read-only view of all topics, without order */
    public Collection<Topic> topics() {
        return Collections.unmodifiableCollection(topics.values());
    }

    /** @return a live, read-only view of all groups, without order */
    public Collection<GroupConfig> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    /** @return a live, read-only view of all settings */
    public Map<SettingKey, String> settings() {
        return Collections.unmodifiableMap(settings);
    }

    /** Shard thread only: what the topic is from now on; null takes it away. */
    public void publishTopic(String name, @Nullable Topic topic) {
        put(topics, name, topic);
    }

    /** Shard thread only: what the group is from now on; null takes it away. */
    public void publishGroup(String name, @Nullable GroupConfig group) {
        put(groups, name, group);
    }

    /** Shard thread only: what the setting is from now on; null takes it away. */
    public void publishSetting(SettingKey key, @Nullable String value) {
        put(settings, key, value);
    }

    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
