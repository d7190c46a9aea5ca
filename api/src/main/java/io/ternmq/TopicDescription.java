package io.ternmq;

import java.util.List;

/**
 * What is known of a topic.
 *
 * @param name       its name
 * @param partitions what it has, in order
 * @param messages   how many are stored, about
 * @param waiting    how many delayed messages wait for their time
 */
public record TopicDescription(String name, List<Partition> partitions, long messages, long waiting) {

    /** Keeps a copy of the list. */
    public TopicDescription {
        partitions = List.copyOf(partitions);
    }
}
