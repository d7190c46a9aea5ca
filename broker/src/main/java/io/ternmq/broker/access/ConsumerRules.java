package io.ternmq.broker.access;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.ConsumerKind;
import org.jspecify.annotations.Nullable;

/** Which groups may consume which topics, whatever protocol they speak. Thread-safe. */
public final class ConsumerRules {
    private final Broker broker;
    private final CreationRules creation;

    /** Why somebody may not consume. */
    public enum Obstacle {
        /** There is no such group. */
        NO_GROUP,
        /** The group's members get no messages. */
        GROUP_DISABLED,
        /** The group may not broadcast, and does. */
        NO_BROADCAST,
        /** There is no such topic. */
        NO_TOPIC,
        /** Nobody may read the topic. */
        NOT_READABLE;

        /** @return what to tell the client about the group or topic of that name */
        public String text(String name) {
            return switch (this) {
                case NO_GROUP -> "the group '" + name + "' does not exist";
                case GROUP_DISABLED -> "the group '" + name + "' may not consume";
                case NO_BROADCAST -> "the group '" + name + "' may not broadcast";
                case NO_TOPIC -> "the topic '" + name + "' does not exist";
                case NOT_READABLE -> "the topic '" + name + "' is not readable";
            };
        }
    }

    /** @param creation whether clients may make groups */
    public ConsumerRules(Broker broker, CreationRules creation) {
        this.broker = broker;
        this.creation = creation;
    }

    /** @return why members of the group may not consume, or null; a group that is not there is made if clients may */
    public @Nullable Obstacle ofGroup(String name) {
        GroupConfig group = find(name);
        if (group == null) {
            return Obstacle.NO_GROUP;
        }
        if (!group.consumeEnabled()) {
            return Obstacle.GROUP_DISABLED;
        }
        return !group.broadcastEnabled() && isBroadcasting(name) ? Obstacle.NO_BROADCAST : null;
    }

    /** @return why nobody may read the topic, or null */
    public @Nullable Obstacle ofTopic(String name) {
        Topic topic = broker.shard().catalog().topic(name);
        if (topic == null) {
            return Obstacle.NO_TOPIC;
        }
        return Permission.isReadable(topic.config().permission()) ? null : Obstacle.NOT_READABLE;
    }

    /** @return the group, which is made if clients may make groups; null where there is none */
    public @Nullable GroupConfig find(String name) {
        GroupConfig known = broker.shard().catalog().group(name);
        if (known != null || !creation.groups()) {
            return known;
        }
        try {
            GroupConfig made = GroupConfig.of(name);
            broker.submitQuietly(StateCommands.putGroupIfAbsent(made, new Ignored<>()));
            return made;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isBroadcasting(String group) {
        ConsumerGroupView members = broker.membership().consumers(group);
        return members != null && members.kind().sharing() == ConsumerKind.Sharing.BROADCASTING;
    }
}
