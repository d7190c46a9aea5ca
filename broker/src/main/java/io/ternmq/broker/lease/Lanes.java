package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.lease.Lane.LaneKey;
import io.ternmq.broker.state.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes of which groups have consumers, by topic. A lane opens with the first request of a member for a topic. It ends when
 * its last member leaves, or when none of them waits for messages and {@link #ALIVE_MS} have passed since the last one asked,
 * acknowledged or renewed. By the shard's time alone, so that it is the same each time the same happens.
 *
 * <p>Which lanes are open is noted in the log; who is in them is not. After a restart each of them is taken to be open for {@link
 * #ALIVE_MS}: its consumers have that long to come back before its messages are given to the base. Shard thread only.
 */
final class Lanes {
    /** So long after a member's last sign of life its lane ends, unless it waits for messages. */
    static final long ALIVE_MS = 30_000;
    /** So many lanes of a group may have consumers of one topic; one more member is told that too many wait. */
    static final int LANES_MAX = 64;
    /** So many members may consume a topic in one lane; one more is told that too many wait. */
    static final int MEMBERS_MAX = 10_000;

    private final Deadlines deadlines;
    private final Consumer<LaneKey> ended;
    private final NotedLanes noted = new NotedLanes();
    private final Map<String, Map<String, Map<String, Lane>>> groups = new HashMap<>();

    /** @param ended is told of each lane that has nobody any more */
    Lanes(Deadlines deadlines, Consumer<LaneKey> ended) {
        this.deadlines = deadlines;
        this.ended = ended;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** @return whether lanes matter to who takes from the topic; of a retry topic, those of any topic of the group do */
    boolean isUsed(String group, String topic) {
        if (groups.isEmpty()) {
            return false;
        }
        Map<String, Map<String, Lane>> topics = groups.get(group);
        return topics != null && (topics.containsKey(topic) || Names.isRetryTopic(topic));
    }

    /** @return whether messages of the lane and topic have consumers of their own in the group */
    boolean isAlive(String group, String topic, String lane) {
        Map<String, Map<String, Lane>> topics = groups.get(group);
        return topics != null && topics.getOrDefault(topic, Map.of()).containsKey(lane);
    }

    /** A member asks for messages. @return its seat, or null where there are too many */
    @Nullable
    LaneSeat join(String group, String topic, LaneMember member, long nowMs) {
        Map<String, Lane> ofTopic =
                groups.computeIfAbsent(group, name -> new HashMap<>()).computeIfAbsent(topic, name -> new HashMap<>());
        Lane lane = ofTopic.get(member.lane());
        if (lane == null) {
            if (ofTopic.size() >= LANES_MAX) {
                return null;
            }
            lane = new Lane(this, new LaneKey(group, topic, member.lane()));
            ofTopic.put(member.lane(), lane);
            noted.changed(lane.key());
        }
        return lane.seat(member.name(), nowMs, deadlines);
    }

    /** A member will ask for nothing more. What it holds stays with it until its leases end. */
    void leave(String group, String member) {
        List<Lane> left = groups.getOrDefault(group, Map.of()).values().stream()
                .flatMap(lanes -> lanes.values().stream())
                .filter(lane -> lane.leave(member))
                .toList();
        left.forEach(this::ended);
    }

    /** A member will ask for nothing more of one topic in one lane. */
    void leave(String group, String topic, LaneMember member) {
        Lane lane = groups.getOrDefault(group, Map.of())
                .getOrDefault(topic, Map.of())
                .get(member.lane());
        if (lane != null && lane.leave(member.name())) {
            ended(lane);
        }
    }

    void ended(Lane lane) {
        lane.forget(deadlines);
        LaneKey key = lane.key();
        groups.computeIfPresent(key.group(), (group, topics) -> {
            topics.computeIfPresent(key.topic(), (topic, ofTopic) -> {
                ofTopic.remove(key.lane());
                return ofTopic.isEmpty() ? null : ofTopic;
            });
            return topics.isEmpty() ? null : topics;
        });
        noted.changed(key);
        ended.accept(key);
    }

    /** Gives lanes that were open before a restart as long to come back as a member may be silent. */
    void restore(Settings settings, long nowMs) {
        NotedLanes.forEach(settings, key -> {
            LaneSeat unused = join(key.group(), key.topic(), new LaneMember(key.lane(), ""), nowMs);
        });
    }

    /** @return whether something is to be noted in the log */
    boolean isChanged() {
        return !noted.isEmpty();
    }

    /** What has changed becomes records. */
    void note(Decision decision) {
        noted.note(this, decision);
    }
}
