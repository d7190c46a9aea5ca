package io.ternmq.broker.command;

import io.ternmq.broker.catalog.CleanupPolicy;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.record.LeasesForgotten;
import io.ternmq.broker.record.OffsetsCommitted;
import io.ternmq.broker.state.PendingProgress;
import io.ternmq.broker.state.Settings;
import io.ternmq.broker.traffic.GroupRates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The commands that change or read topics, groups, progress and settings. Any thread makes them. */
public final class StateCommands {
    /** What an offset takes in a record at most, and what is forgotten with it. */
    private static final int OFFSET_BYTES = 1_024;

    private StateCommands() {}

    /** Makes the topic or changes its settings; answers with the topic as it then is. */
    public static Command putTopic(TopicConfig config, Outcome<Topic> outcome) {
        return new StateCommand<>(true, d -> putTopic(d, config), outcome);
    }

    /** Makes the topic where there is none of that name; answers with the topic as it then is. */
    public static Command putTopicIfAbsent(TopicConfig config, Outcome<Topic> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    Topic known = d.state().topics().get(config.name());
                    return known == null ? putTopic(d, config) : known;
                },
                outcome);
    }

    /** Deletes the topic, its messages and the groups' progress on it; answers whether there was one. */
    public static Command deleteTopic(String topic, Outcome<Boolean> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    if (Names.isSystemTopic(topic)) {
                        throw new RefusedException(
                                Refusal.ILLEGAL, "topic: " + topic + " (expected: one that is not the broker's own)");
                    }
                    var deleted = d.state().topics().decideDelete(topic);
                    deleted.ifPresent(record -> append(d, record));
                    d.progress().forgetTopic(topic);
                    return deleted.isPresent();
                },
                outcome);
    }

    /**
     * Makes the group or changes its settings; answers with the settings as they then are.
     *
     * @throws IllegalArgumentException when an attribute of the group that the broker understands is wrong
     */
    public static Command putGroup(GroupConfig config, Outcome<GroupConfig> outcome) {
        GroupRates unused = GroupRates.of(config);
        return new StateCommand<>(true, d -> putGroup(d, config), outcome);
    }

    /** Makes the group where there is none of that name; answers with the settings as they then are. */
    public static Command putGroupIfAbsent(GroupConfig config, Outcome<GroupConfig> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    GroupConfig known = d.state().groups().get(config.name());
                    return known == null ? putGroup(d, config) : known;
                },
                outcome);
    }

    /** Deletes the group's settings, and its progress too if asked to; answers whether there was such a group. */
    public static Command deleteGroup(String group, boolean withProgress, Outcome<Boolean> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    var deleted = d.state().groups().decideDelete(group);
                    deleted.ifPresent(record -> append(d, record));
                    if (withProgress) {
                        deleteProgress(d, group);
                    }
                    return deleted.isPresent();
                },
                outcome);
    }

    /**
     * Somebody says where a group goes on. It is visible at once and becomes a record within a second together
     * with others: a crash may bring at most that second's messages again. While the group takes from the queue by
     * lease it changes nothing: there is one progress, and that is what was acknowledged.
     */
    public static Command commitOffset(CommittedOffset offset, Outcome<CommittedOffset> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    checkGathered(d, offset);
                    d.progress().choose(offset);
                    return offset;
                },
                outcome);
    }

    /**
     * A member that shares the group's queues reports how far it has come: as {@link #commitOffset}, but what the group has done
     * by lease meanwhile is not taken back by a member that does not know of it.
     */
    public static Command reportOffset(CommittedOffset offset, Outcome<CommittedOffset> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    checkGathered(d, offset);
                    d.progress().report(offset);
                    return offset;
                },
                outcome);
    }

    /** An operator's decision where groups go on; durable when answered. */
    public static Command resetOffsets(List<CommittedOffset> offsets, Outcome<List<CommittedOffset>> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    offsets.forEach(offset -> checkOffset(d, offset));
                    d.requireRoom(Decision.RECORDS_BYTES + (long) OFFSET_BYTES * offsets.size());
                    offsets.forEach(offset -> forgetProgress(d, offset));
                    if (!offsets.isEmpty()) {
                        d.append(new OffsetsCommitted(offsets));
                    }
                    return offsets;
                },
                outcome);
    }

    /** Reads progress; the function runs on the shard thread and must be quick. */
    public static <T> Command readProgress(Function<PendingProgress, T> reading, Outcome<T> outcome) {
        return new StateCommand<>(false, d -> reading.apply(d.progress()), outcome);
    }

    /**
     * Answers where the undecided half message lies that was stored at a position first; the position itself when there
     * is none.
     */
    public static Command locateHalfMessage(long id, Outcome<Long> outcome) {
        return new StateCommand<>(
                false,
                d -> {
                    HalfMessage half = d.state().halfMessages().get(id);
                    return half == null ? id : half.position();
                },
                outcome);
    }

    /** Counts the timers that wait; answers with their numbers by topic. */
    public static Command countTimers(Outcome<Map<String, Long>> outcome) {
        return new StateCommand<>(false, d -> d.state().timers().pendingCounts(), outcome);
    }

    /** Sets a key-value setting; answers with the value. */
    public static Command putSetting(SettingKey key, String value, Outcome<String> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    Settings settings = d.state().settings();
                    if (settings.isFull() && settings.get(key) == null) {
                        throw new RefusedException(
                                Refusal.BUSY, "settings: full (expected: at most " + Settings.COUNT_MAX + ")");
                    }
                    settings.decidePut(key, value).ifPresent(record -> append(d, record));
                    return value;
                },
                outcome);
    }

    /** Takes a key-value setting away; answers whether it was set. */
    public static Command deleteSetting(SettingKey key, Outcome<Boolean> outcome) {
        return new StateCommand<>(
                true,
                d -> {
                    var deleted = d.state().settings().decideDelete(key);
                    deleted.ifPresent(record -> append(d, record));
                    return deleted.isPresent();
                },
                outcome);
    }

    private static Topic putTopic(Decision decision, TopicConfig config) {
        String problem = CleanupPolicy.problem(config);
        if (problem != null) {
            throw new RefusedException(Refusal.ILLEGAL, problem);
        }
        decision.state().topics().decidePut(config).ifPresent(record -> append(decision, record));
        return Objects.requireNonNull(decision.state().topics().get(config.name()));
    }

    private static GroupConfig putGroup(Decision decision, GroupConfig config) {
        decision.state().groups().decidePut(config).ifPresent(record -> append(decision, record));
        return config;
    }

    private static void deleteProgress(Decision decision, String group) {
        decision.state().progress().decideDelete(group, "").ifPresent(record -> append(decision, record));
        decision.progress().forgetGroup(group);
    }

    private static void append(Decision decision, ControlRecord record) {
        decision.requireRoom(Decision.RECORDS_BYTES);
        decision.append(record);
    }

    private static void forgetProgress(Decision decision, CommittedOffset offset) {
        decision.progress().forget(offset);
        if (decision.progress().hasLeases(offset)) {
            decision.append(new LeasesForgotten(offset.group(), offset.topic(), offset.queueId()));
        }
    }

    /** What was gathered cannot become a record on a full disk: there is a limit to that. */
    private static void checkGathered(Decision decision, CommittedOffset offset) {
        checkOffset(decision, offset);
        if (decision.progress().isFull()) {
            decision.requireRoom(Decision.RECORDS_BYTES);
        }
    }

    private static void checkOffset(Decision decision, CommittedOffset offset) {
        Topic topic = decision.state().topics().get(offset.topic());
        if (topic == null) {
            throw new RefusedException(
                    Refusal.UNKNOWN_TOPIC, "topic: " + offset.topic() + " (expected: one that exists)");
        }
        if (!topic.hasQueue(offset.queueId())) {
            throw new RefusedException(
                    Refusal.ILLEGAL,
                    "queueId: " + offset.queueId() + " (expected: 0.." + (topic.queueCount() - 1) + " of "
                            + offset.topic() + ")");
        }
        if (offset.offset() < 0) {
            throw new RefusedException(Refusal.ILLEGAL, "offset: " + offset.offset() + " (expected: 0 or more)");
        }
    }
}
