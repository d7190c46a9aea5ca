package io.ternmq.broker.catalog;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a topic is that comes into being because somebody sends to it. */
public final class TopicTemplate {
    private TopicTemplate() {}

    /**
     * Derives a topic from the one that the sender names as its model. That topic must exist and may be inherited from.
     *
     * @param template the model's name
     * @param queuesAsked how many queues the sender would like; it gets as many as the model has at most
     * @return the new topic's settings, or null when the model does not allow it
     * @throws IllegalArgumentException when no topic can have that name
     */
    public static @Nullable TopicConfig derive(Catalog catalog, String name, String template, int queuesAsked) {
        Names.checkTopic(name);
        Topic model = catalog.topic(template);
        if (model == null || (model.config().permission() & Permission.INHERIT) == 0) {
            return null;
        }
        int queues = Math.max(1, Math.min(queuesAsked, model.config().writeQueues()));
        int permission = model.config().permission() & ~Permission.INHERIT;
        return new TopicConfig(name, queues, queues, permission, false, Map.of());
    }

    /** @return the settings of a group's retry topic */
    public static TopicConfig retryTopic(GroupConfig group) {
        return TopicConfig.of(Names.retryTopic(group.name()), group.retryQueues());
    }

    /** @return the settings of the topic that keeps a group's dead letters */
    public static TopicConfig deadLetterTopic(String group) {
        return TopicConfig.of(Names.deadLetterTopic(group), 1);
    }
}
