package io.ternmq.broker.state;

import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.record.ControlRecord;
import io.ternmq.broker.record.DelayCursorMoved;
import io.ternmq.broker.record.GroupDeleted;
import io.ternmq.broker.record.GroupPut;
import io.ternmq.broker.record.HalfMessageChange;
import io.ternmq.broker.record.LeaseRecord;
import io.ternmq.broker.record.LogTrimmed;
import io.ternmq.broker.record.OffsetsCommitted;
import io.ternmq.broker.record.OffsetsDeleted;
import io.ternmq.broker.record.RecordInput;
import io.ternmq.broker.record.RecordOutput;
import io.ternmq.broker.record.SettingDeleted;
import io.ternmq.broker.record.SettingPut;
import io.ternmq.broker.record.TimerRecord;
import io.ternmq.broker.record.TopicDeleted;
import io.ternmq.broker.record.TopicPut;
import java.util.HashSet;
import java.util.Set;

/**
 * All of a shard's state but the queues themselves. It changes by {@link #apply} alone, from records that the log has
 * taken; live, in a replay and on a replica alike. For checkpoints it is cut into slices; each is stamped with the
 * position it was written at, and a replayed record changes only the slices that had not seen it. Shard thread only.
 */
public final class ShardState {
    private static final int TOPIC_SLICES = 0;
    private static final int GROUP_SLICES = TOPIC_SLICES + Partitions.COUNT;
    private static final int PROGRESS_SLICES = GROUP_SLICES + Partitions.COUNT;
    private static final int CURSOR_SLICE = PROGRESS_SLICES + Partitions.COUNT;
    private static final int SETTING_SLICE = CURSOR_SLICE + 1;
    private static final int HALF_SLICES = SETTING_SLICE + 1;
    private static final int LEASE_SLICES = HALF_SLICES + Partitions.COUNT;
    private static final int TIMER_SLICES = LEASE_SLICES + Partitions.COUNT;

    /** How many slices a checkpoint has; fixed by the checkpoint format. */
    public static final int SLICE_COUNT = TIMER_SLICES + Timers.SLICE_COUNT;

    private final TopicTable topics = new TopicTable();
    private final GroupTable groups = new GroupTable();
    private final Progress progress = new Progress();
    private final DelayCursors delayCursors = new DelayCursors();
    private final Settings settings = new Settings();
    private final HalfMessages halfMessages = new HalfMessages();
    private final LeaseTable leases = new LeaseTable();
    private final Timers timers = new Timers();
    private final long[] stamps = new long[SLICE_COUNT];
    private final Set<String> changedTopics = new HashSet<>();
    private final Set<String> changedGroups = new HashSet<>();
    private final Set<SettingKey> changedSettings = new HashSet<>();
    private final StateEffects effects;

    /** @param effects what a change of state means for the log */
    public ShardState(StateEffects effects) {
        this.effects = effects;
    }

    /** @return the topics */
    public TopicTable topics() {
        return topics;
    }

    /** @return the groups' settings */
    public GroupTable groups() {
        return groups;
    }

    /** @return the groups' committed offsets */
    public Progress progress() {
        return progress;
    }

    /** @return how far each delay level was delivered */
    public DelayCursors delayCursors() {
        return delayCursors;
    }

    /** @return the key-value settings */
    public Settings settings() {
        return settings;
    }

    /** @return the undecided half messages of transactions */
    public HalfMessages halfMessages() {
        return halfMessages;
    }

    /** @return what groups hold by lease, as noted last */
    public LeaseTable leases() {
        return leases;
    }

    /** @return what is known about the waiting timers */
    public Timers timers() {
        return timers;
    }

    /** Changes the state as the record says; {@code position} is where the log has it. */
    public void apply(ControlRecord record, long position) {
        if (record instanceof TopicPut put) {
            apply(put, position);
        } else if (record instanceof TopicDeleted deleted) {
            apply(deleted, position);
        } else if (record instanceof GroupPut put) {
            if (isNews(GROUP_SLICES, put.config().name(), position)) {
                groups.apply(put);
                changedGroups.add(put.config().name());
            }
        } else if (record instanceof GroupDeleted deleted) {
            if (isNews(GROUP_SLICES, deleted.group(), position)) {
                groups.apply(deleted);
                changedGroups.add(deleted.group());
            }
            if (isNews(LEASE_SLICES, deleted.group(), position)) {
                leases.apply(deleted);
            }
        } else if (record instanceof OffsetsCommitted committed) {
            committed.offsets().stream()
                    .filter(row -> isNews(PROGRESS_SLICES, row.group(), position))
                    .forEach(progress::apply);
        } else if (record instanceof OffsetsDeleted deleted) {
            if (isNews(PROGRESS_SLICES, deleted.group(), position)) {
                progress.apply(deleted);
            }
            if (isNews(LEASE_SLICES, deleted.group(), position)) {
                leases.apply(deleted);
            }
        } else if (record instanceof LeaseRecord lease) {
            if (isNews(LEASE_SLICES, lease.group(), position)) {
                leases.apply(lease);
            }
        } else if (record instanceof HalfMessageChange change) {
            halfMessages.apply(change, id -> position >= stamps[HALF_SLICES + Partitions.of(id)]);
        } else if (record instanceof TimerRecord timer) {
            timers.apply(timer, position);
        } else {
            applySingleSlice(record, position);
        }
    }

    /** Tells the catalog what has changed since the last call; to be called once the changes are committed. */
    public void publish(Catalog catalog) {
        if (!changedTopics.isEmpty()) {
            changedTopics.forEach(name -> catalog.publishTopic(name, topics.get(name)));
            changedTopics.clear();
        }
        if (!changedGroups.isEmpty()) {
            changedGroups.forEach(name -> catalog.publishGroup(name, groups.get(name)));
            changedGroups.clear();
        }
        if (!changedSettings.isEmpty()) {
            changedSettings.forEach(key -> catalog.publishSetting(key, settings.get(key)));
            changedSettings.clear();
        }
    }

    /** Writes one slice, 0 to {@link #SLICE_COUNT}-1, of a checkpoint. */
    public void writeSlice(int slice, RecordOutput out) {
        if (slice < GROUP_SLICES) {
            topics.write(slice - TOPIC_SLICES, out);
        } else if (slice < PROGRESS_SLICES) {
            groups.write(slice - GROUP_SLICES, out);
        } else if (slice < CURSOR_SLICE) {
            progress.write(slice - PROGRESS_SLICES, out);
        } else if (slice == CURSOR_SLICE) {
            delayCursors.write(out);
        } else if (slice == SETTING_SLICE) {
            settings.write(out);
        } else if (slice < LEASE_SLICES) {
            halfMessages.write(slice - HALF_SLICES, out);
        } else if (slice < TIMER_SLICES) {
            leases.write(slice - LEASE_SLICES, out);
        } else {
            timers.write(slice - TIMER_SLICES, out);
        }
    }

    /** Reads one slice; records before {@code stamp} are in it already. For a state that is new. */
    public void restoreSlice(int slice, RecordInput in, long stamp) {
        stamps[slice] = stamp;
        if (slice < GROUP_SLICES) {
            topics.restore(in);
        } else if (slice < PROGRESS_SLICES) {
            groups.restore(in);
        } else if (slice < CURSOR_SLICE) {
            progress.restore(in);
        } else if (slice == CURSOR_SLICE) {
            delayCursors.restore(in);
        } else if (slice == SETTING_SLICE) {
            settings.restore(in);
        } else if (slice < LEASE_SLICES) {
            halfMessages.restore(in);
        } else if (slice < TIMER_SLICES) {
            leases.restore(in);
        } else {
            timers.restore(slice - TIMER_SLICES, in, stamp);
        }
    }

    /** The next {@link #publish} tells everything; for a state that was restored. */
    public void markAllChanged() {
        topics.forEach(topic -> changedTopics.add(topic.name()));
        groups.forEach(group -> changedGroups.add(group.name()));
        settings.forEach((key, value) -> changedSettings.add(key));
    }

    private void apply(TopicPut put, long position) {
        topics.noteQueueNumbers(put.queueNos());
        if (isNews(TOPIC_SLICES, put.config().name(), position)) {
            topics.apply(put);
            changedTopics.add(put.config().name());
        }
    }

    private void apply(TopicDeleted deleted, long position) {
        if (isNews(TOPIC_SLICES, deleted.topic(), position)) {
            topics.apply(deleted);
            changedTopics.add(deleted.topic());
        }
        effects.dropQueues(deleted.queueNos(), position);
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            if (position >= stamps[PROGRESS_SLICES + partition]) {
                progress.forgetTopic(partition, deleted.topic());
            }
            if (position >= stamps[LEASE_SLICES + partition]) {
                leases.forgetTopic(partition, deleted.topic());
            }
        }
    }

    private void applySingleSlice(ControlRecord record, long position) {
        if (record instanceof LogTrimmed trimmed) {
            effects.trim(trimmed.position());
        } else if (record instanceof DelayCursorMoved moved) {
            if (position >= stamps[CURSOR_SLICE]) {
                delayCursors.apply(moved);
            }
        } else if (position >= stamps[SETTING_SLICE]) {
            if (record instanceof SettingPut put) {
                settings.apply(put);
                changedSettings.add(put.key());
            } else if (record instanceof SettingDeleted deleted) {
                settings.apply(deleted);
                changedSettings.add(deleted.key());
            }
        }
    }

    private boolean isNews(int firstSlice, String name, long position) {
        return position >= stamps[firstSlice + Partitions.of(name)];
    }
}
