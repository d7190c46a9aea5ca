package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.lease.Lane.LaneKey;
import io.ternmq.broker.state.Settings;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which lanes are open, as the log remembers it: a setting each, written within a second after the lane opens or ends. A start
 * gives those lanes time to come back. Shard thread only.
 */
final class NotedLanes {
    private static final String NAMESPACE = "TERN_LANES";
    private static final String OPEN = "open";
    private static final char SEPARATOR = ' ';

    private final Set<LaneKey> changed = new LinkedHashSet<>();

    /** The lane has opened, or ended. */
    void changed(LaneKey lane) {
        changed.add(lane);
    }

    boolean isEmpty() {
        return changed.isEmpty();
    }

    /** What has changed becomes records. */
    void note(Lanes lanes, Decision decision) {
        Settings settings = decision.state().settings();
        for (LaneKey lane : changed) {
            SettingKey key =
                    new SettingKey(NAMESPACE, lane.group() + SEPARATOR + lane.topic() + SEPARATOR + lane.lane());
            if (!lanes.isAlive(lane.group(), lane.topic(), lane.lane())) {
                settings.decideDelete(key).ifPresent(decision::append);
            } else if (!settings.isFull()) {
                settings.decidePut(key, OPEN).ifPresent(decision::append);
            }
        }
        changed.clear();
    }

    /** Hands over what the log remembers. */
    static void forEach(Settings settings, Consumer<LaneKey> action) {
        settings.forEach((key, value) -> {
            String[] names = key.key().split(String.valueOf(SEPARATOR), 3);
            if (key.namespace().equals(NAMESPACE) && names.length == 3 && !names[2].isEmpty()) {
                action.accept(new LaneKey(names[0], names[1], names[2]));
            }
        });
    }
}
