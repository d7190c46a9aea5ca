package io.ternmq.engine;

import io.ternmq.TopicDescription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What operators do, without waiting. The methods are those of {@link io.ternmq.Admin}. */
public interface EngineAdmin {

    /**
     * Which topics there are.
     *
     * @return names in order
     */
    CompletableFuture<List<String>> topics();

    /**
     * What is known of a topic.
     *
     * @param name which
     * @return empty when it does not exist
     */
    CompletableFuture<Optional<TopicDescription>> topic(String name);

    /**
     * Makes or changes a topic.
     *
     * @param name       which
     * @param partitions how many
     * @return completes when it is there
     */
    CompletableFuture<Void> putTopic(String name, int partitions);

    /**
     * Deletes a topic.
     *
     * @param name which
     * @return false when it did not exist
     */
    CompletableFuture<Boolean> deleteTopic(String name);

    /**
     * Which groups there are.
     *
     * @return names in order
     */
    CompletableFuture<List<String>> groups();

    /**
     * Deletes a group.
     *
     * @param name which
     * @return false when it did not exist
     */
    CompletableFuture<Boolean> deleteGroup(String name);

    /**
     * Has a group go to a time.
     *
     * @param group which
     * @param topic in which topic
     * @param time  to the first message that was stored then or later
     * @return completes when it is there
     */
    CompletableFuture<Void> reset(String group, String topic, Instant time);
}
