package io.ternmq.broker.catalog;

import java.util.List;
import java.util.Map;

/** The topics that every shard has from its first start. */
public final class SystemTopics {
    private static final int TEMPLATE_QUEUES = 8;
    private static final int DELAY_LEVELS = 18;
    private static final int TIMER_SLOTS = 4_608;

    private SystemTopics() {}

    /** @return their settings */
    public static List<TopicConfig> configs() {
        return List.of(
                new TopicConfig(
                        Names.TEMPLATE_TOPIC, TEMPLATE_QUEUES, TEMPLATE_QUEUES, Permission.ALL, false, Map.of()),
                TopicConfig.of(Names.SCHEDULE_TOPIC, DELAY_LEVELS),
                TopicConfig.of(Names.TRACE_TOPIC, 1),
                new TopicConfig(Names.TIMER_TOPIC, TIMER_SLOTS, TIMER_SLOTS, Permission.NONE, false, Map.of()),
                new TopicConfig(Names.HALF_TOPIC, 1, 1, Permission.NONE, false, Map.of()));
    }
}
