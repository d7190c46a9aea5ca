package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.Partition;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.StateCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Topics and groups by name; those that are used for the first time are made. Thread-safe. */
final class Topics {

    /** The only broker there is. */
    static final String BROKER = "embedded";

    private static final int REMEMBERED_MAX = 10_000;

    private final ShardAccess access;
    private final int partitions;
    private final Executor made;
    private final ConcurrentHashMap<Topic, CompletableFuture<List<Partition>>> writable = new ConcurrentHashMap<>();

    /**
     * @param partitions of topics that are made
     * @param made       goes on where something was made: what waits for that may be the application's
     */
    Topics(ShardAccess access, int partitions, Executor made) {
        this.access = access;
        this.partitions = partitions;
        this.made = made;
    }

    @Nullable
    Topic find(String name) {
        return access.shard().catalog().topic(name);
    }

    /** @throws InvalidRequestException when it does not exist */
    Topic get(Partition partition) {
        Topic topic = find(partition.topic());
        if (topic == null || !topic.hasQueue(partition.id())) {
            throw new InvalidRequestException("partition: " + partition + " (expected: one that exists)");
        }
        return topic;
    }

    /** A topic of the shard's own. */
    Topic own(String name) {
        Topic topic = find(name);
        if (topic == null) {
            throw new IllegalStateException("topic " + name + ": missing (expected: the shard makes it)");
        }
        return topic;
    }

    CompletableFuture<List<Partition>> writable(String name) {
        Topic topic = find(name);
        return topic == null ? made(name).thenCompose(this::writable) : writable(topic);
    }

    private CompletableFuture<List<Partition>> writable(Topic topic) {
        CompletableFuture<List<Partition>> known = writable.get(topic);
        if (known != null) {
            return known;
        }
        if (Names.isWrittenByBroker(topic.name())
                || !Permission.isWritable(topic.config().permission())) {
            return CompletableFuture.failedFuture(
                    new InvalidRequestException("topic: '" + topic.name() + "' (expected: one that may be written)"));
        }
        if (writable.size() >= REMEMBERED_MAX) {
            writable.clear();
        }
        CompletableFuture<List<Partition>> found = CompletableFuture.completedFuture(
                partitions(topic, topic.config().writeQueues()));
        writable.put(topic, found);
        return found;
    }

    List<Partition> readable(String name) {
        Topic topic = find(name);
        return topic == null || !Permission.isReadable(topic.config().permission())
                ? List.of()
                : partitions(topic, topic.queueCount());
    }

    static List<Partition> partitions(Topic topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new Partition(topic.name(), BROKER, id))
                .toList();
    }

    /** @return the topic, which is made when it is missing */
    CompletableFuture<Topic> made(String name) {
        Topic known = find(name);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        try {
            if (Names.isWrittenByBroker(name)) {
                throw new IllegalArgumentException("topic: '" + name + "' (expected: one that is not the queue's own)");
            }
            TopicConfig config = TopicConfig.of(name, partitions);
            return access.<Topic>ask(outcome -> StateCommands.putTopicIfAbsent(config, outcome))
                    .whenCompleteAsync((topic, failure) -> {}, made);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(String.valueOf(e.getMessage()), e));
        }
    }

    /** @return the group, which is made when it is missing */
    CompletableFuture<GroupConfig> madeGroup(String name) {
        GroupConfig known = access.shard().catalog().group(name);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        try {
            GroupConfig config = GroupConfig.of(name);
            return access.<GroupConfig>ask(outcome -> StateCommands.putGroupIfAbsent(config, outcome))
                    .whenCompleteAsync((group, failure) -> {}, made);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(String.valueOf(e.getMessage()), e));
        }
    }
}
