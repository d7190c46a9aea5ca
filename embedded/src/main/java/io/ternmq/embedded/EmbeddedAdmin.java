package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.TopicDescription;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.engine.EngineAdmin;
import io.ternmq.engine.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What operators do with an embedded queue. Thread-safe. */
final class EmbeddedAdmin implements EngineAdmin {

    private final ShardAccess access;
    private final ReaderThreads readers;
    private final Reads reads;

    EmbeddedAdmin(ShardAccess access, ReaderThreads readers, Reads reads) {
        this.access = access;
        this.readers = readers;
        this.reads = reads;
    }

    @Override
    public CompletableFuture<List<String>> topics() {
        return CompletableFuture.completedFuture(access.shard().catalog().topics().stream()
                .map(Topic::name)
                .filter(name -> !Names.isSystemTopic(name) && !Names.isRetryTopic(name))
                .sorted()
                .toList());
    }

    @Override
    public CompletableFuture<Optional<TopicDescription>> topic(String name) {
        Topic topic = access.shard().catalog().topic(name);
        if (topic == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        long messages = 0;
        for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
            OffsetRange range = reads.range(topic, queueId);
            messages += range.end() - range.begin();
        }
        long stored = messages;
        return waiting(name)
                .thenApply(waiting -> Optional.of(
                        new TopicDescription(name, Topics.partitions(topic, topic.queueCount()), stored, waiting)));
    }

    private CompletableFuture<Long> waiting(String topic) {
        return access.<Map<String, Long>>ask(StateCommands::countTimers)
                .thenApply(counts -> counts.getOrDefault(topic, 0L));
    }

    @Override
    public CompletableFuture<Void> putTopic(String name, int partitions) {
        try {
            TopicConfig config = TopicConfig.of(name, partitions);
            return access.<Topic>ask(outcome -> StateCommands.putTopic(config, outcome))
                    .thenAccept(made -> {});
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(String.valueOf(e.getMessage()), e));
        }
    }

    @Override
    public CompletableFuture<Boolean> deleteTopic(String name) {
        return access.ask(outcome -> StateCommands.deleteTopic(name, outcome));
    }

    @Override
    public CompletableFuture<List<String>> groups() {
        return CompletableFuture.completedFuture(access.shard().catalog().groups().stream()
                .map(GroupConfig::name)
                .sorted()
                .toList());
    }

    @Override
    public CompletableFuture<Boolean> deleteGroup(String name) {
        return access.ask(outcome -> StateCommands.deleteGroup(name, true, outcome));
    }

    @Override
    public CompletableFuture<Void> reset(String group, String topicName, Instant time) {
        Topic topic = access.shard().catalog().topic(topicName);
        if (topic == null) {
            return CompletableFuture.failedFuture(
                    new InvalidRequestException("topic: '" + topicName + "' (expected: one that exists)"));
        }
        CompletableFuture<List<CommittedOffset>> offsets = new CompletableFuture<>();
        readers.read(offsets, scratch -> {
            List<CommittedOffset> found = new ArrayList<>();
            for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
                long offset =
                        access.shard().reader().offsetOfTime(topic.queueNo(queueId), time.toEpochMilli(), scratch);
                found.add(new CommittedOffset(group, topicName, queueId, offset));
            }
            return found;
        });
        return offsets.thenCompose(found ->
                        access.<List<CommittedOffset>>ask(outcome -> StateCommands.resetOffsets(found, outcome)))
                .thenAccept(done -> {});
    }
}
