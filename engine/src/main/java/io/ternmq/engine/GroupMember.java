package io.ternmq.engine;

import io.ternmq.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A member of a group. What it holds when it is closed stays held until its time is over. Thread-safe. */
public interface GroupMember extends AutoCloseable {

    /**
     * Names it in its group.
     *
     * @return one of {@link #members}
     */
    String name();

    /**
     * Who is in the group, as far as is known here.
     *
     * @return in order
     */
    List<String> members();

    /**
     * Takes messages. A future that is completed from outside takes nothing more; what comes for it goes back at once.
     *
     * @param request what
     * @return completes with none when none came in time
     */
    CompletableFuture<List<LeasedMessage>> take(TakeRequest request);

    /**
     * What is wanted.
     *
     * @param topic     one of the member's topics
     * @param countMax  1 to {@link #TAKE_MAX}; an engine that cannot give so many at once gives fewer
     * @param invisible how long it is out of others' sight
     * @param waitAtMost    how long to wait for the first
     */
    record TakeRequest(String topic, int countMax, Duration invisible, Duration waitAtMost) {}

    /** So many messages at most are asked for at once. */
    int TAKE_MAX = 256;

    /**
     * It is done.
     *
     * @param lease what was taken
     * @return fails with {@link io.ternmq.LeaseLostException} when it is too late
     */
    CompletableFuture<Void> ack(LeasedMessage lease);

    /**
     * Keeps it longer.
     *
     * @param lease     what was taken
     * @param invisible from now
     * @return what it is known by from now on
     */
    CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible);

    /**
     * Has it tried again.
     *
     * @param lease what was taken
     * @param delay after how long
     * @return completes when it is so
     */
    CompletableFuture<Void> retry(LeasedMessage lease, Duration delay);

    /**
     * Gives back what was never begun, so that it does not count as an attempt where the engine can do that.
     *
     * @param lease what was taken
     * @return completes when it is so
     */
    CompletableFuture<Void> putBack(LeasedMessage lease);

    /**
     * Moves it to the dead letters.
     *
     * @param lease  what was taken
     * @return completes when it is so
     */
    CompletableFuture<Void> deadLetter(LeasedMessage lease);

    /**
     * Has a message tried again that was read and not leased.
     *
     * @param message what was read
     * @param delay   after how long, about; negative: never, it becomes a dead letter
     * @return completes when it is so
     */
    CompletableFuture<Void> sendBack(StoredMessage message, Duration delay);

    /**
     * Has somebody told when an operator sets the group to other offsets, so that a member that reads partitions can follow. Engines whose
     * members all take by lease, or are asked for offsets anew each time, tell nothing.
     *
     * @param listener takes what is to be read next of some partitions; on the engine's own thread, so it must not block
     */
    default void onReset(Consumer<Map<Partition, Long>> listener) {}

    /** Leaves the group. */
    @Override
    void close();
}
