package io.ternmq;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at topics and groups, and changes them. */
public interface Admin {

    /**
     * Which topics there are.
     *
     * @return names in order, without the queue's own
     */
    List<String> topics();

    /**
     * What is known of a topic.
     *
     * @param name which
     * @return empty when it does not exist
     */
    Optional<TopicDescription> topic(String name);

    /**
     * Makes a topic, or gives one that exists other partitions.
     *
     * @param name       which
     * @param partitions how many, 1 to 1,024. Taking some away leaves their messages readable
     */
    void putTopic(String name, int partitions);

    /**
     * Deletes a topic with its messages.
     *
     * @param name which
     * @return false when it did not exist
     */
    boolean deleteTopic(String name);

    /**
     * Which groups there are.
     *
     * @return names in order
     */
    List<String> groups();

    /**
     * Deletes a group with its progress.
     *
     * @param name which
     * @return false when it did not exist
     */
    boolean deleteGroup(String name);

    /**
     * How far a group is behind: all from the first message on that is not done. Of what is behind that one, some may be done
     * already, and is counted all the same. A group that has consumed nothing counts from the beginning.
     *
     * @param group which
     * @param topic of which topic
     * @return nothing when one of them does not exist
     */
    Lag lag(String group, String topic);

    /**
     * Has a group go to a time in a topic. Consumers that run follow.
     *
     * @param group which
     * @param topic in which topic
     * @param time  to the first message that was stored then or later
     */
    void reset(String group, String topic, Instant time);

    /**
     * The topic of a group's dead letters. It can be read and consumed like any other.
     *
     * @param group which
     * @return a name; the topic exists once there is a dead letter
     */
    default String deadLetterTopic(String group) {
        return "%DLQ%" + group;
    }
}
