package io.ternmq.runtime;

import io.ternmq.Admin;
import io.ternmq.Lag;
import io.ternmq.TopicDescription;
import io.ternmq.engine.Engine;
import io.ternmq.engine.EngineAdmin;
import io.ternmq.runtime.message.Awaiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits for what an {@link EngineAdmin} does. */
final class EngineAdminCalls implements Admin {

    private final Engine engine;

    EngineAdminCalls(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<String> topics() {
        return Awaiting.get(engine.admin().topics());
    }

    @Override
    public Optional<TopicDescription> topic(String name) {
        return Awaiting.get(engine.admin().topic(name));
    }

    @Override
    public void putTopic(String name, int partitions) {
        if (partitions < 1 || partitions > 1_024) {
            throw new IllegalArgumentException("partitions: " + partitions + " (expected: 1 to 1024)");
        }
        Awaiting.get(engine.admin().putTopic(name, partitions));
    }

    @Override
    public boolean deleteTopic(String name) {
        return Awaiting.get(engine.admin().deleteTopic(name));
    }

    @Override
    public List<String> groups() {
        return Awaiting.get(engine.admin().groups());
    }

    @Override
    public boolean deleteGroup(String name) {
        return Awaiting.get(engine.admin().deleteGroup(name));
    }

    @Override
    public Lag lag(String group, String topic) {
        return Awaiting.get(engine.lag(group, topic));
    }

    @Override
    public void reset(String group, String topic, Instant time) {
        Awaiting.get(engine.admin().reset(group, topic, time));
    }
}
