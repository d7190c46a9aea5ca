package io.ternmq.broker.state;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.record.GroupDeleted;
import io.ternmq.broker.record.GroupPut;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of the consumer groups. Shard thread only. */
public final class GroupTable {
    private final List<Map<String, GroupConfig>> partitions = Stream.<Map<String, GroupConfig>>generate(HashMap::new)
            .limit(Partitions.COUNT)
            .toList();

    /** @return the group's settings, or null where it has none */
    public @Nullable GroupConfig get(String name) {
        return partition(name).get(name);
    }

    /** @return the change, or empty when the group is so already */
    public Optional<GroupPut> decidePut(GroupConfig config) {
        return config.equals(get(config.name())) ? Optional.empty() : Optional.of(new GroupPut(config));
    }

    /** @return the change, or empty when there is no such group */
    public Optional<GroupDeleted> decideDelete(String name) {
        return get(name) == null ? Optional.empty() : Optional.of(new GroupDeleted(name));
    }

    void apply(GroupPut put) {
        partition(put.config().name()).put(put.config().name(), put.config());
    }

    void apply(GroupDeleted deleted) {
        partition(deleted.group()).remove(deleted.group());
    }

    void write(int partition, RecordOutput out) {
        out.intValue(partitions.get(partition).size());
        partitions.get(partition).values().forEach(config -> new GroupPut(config).encode(out));
    }

    void restore(RecordInput in) {
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            apply(GroupPut.decode(in));
        }
    }

    void forEach(Consumer<GroupConfig> action) {
        partitions.forEach(groups -> groups.values().forEach(action));
    }

    private Map<String, GroupConfig> partition(String name) {
        return partitions.get(Partitions.of(name));
    }
}
