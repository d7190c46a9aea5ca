package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.state.PendingProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Copies a group's offsets out of the shard. Shard thread only. */
final class GroupProgress {
    private GroupProgress() {}

    /**
     * A group's offsets in one topic.
     *
     * @param topic the topic
     * @param offsets the next offset by queue id; negative where there is none
     */
    record OfTopic(Topic topic, List<Long> offsets) {
        /** @return the next offset; 0 where there is none */
        long offset(int queueId) {
            return Math.max(0, offsets.get(queueId));
        }
    }

    static List<OfTopic> read(PendingProgress progress, String group, Collection<Topic> topics) {
        List<OfTopic> all = new ArrayList<>();
        for (Topic topic : topics) {
            all.add(read(progress, group, topic));
        }
        return all;
    }

    static OfTopic read(PendingProgress progress, String group, Topic topic) {
        List<Long> offsets = new ArrayList<>();
        for (int queueId = 0; queueId < topic.queueCount(); queueId++) {
            offsets.add(progress.get(group, topic.name(), queueId));
        }
        return new OfTopic(topic, offsets);
    }
}
