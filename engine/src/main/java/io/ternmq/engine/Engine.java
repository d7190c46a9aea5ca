package io.ternmq.engine;

import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.RecallResult;
import io.ternmq.SendReceipt;
import io.ternmq.UnsupportedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Moves messages. Thread-safe; no method blocks but {@link #close}. Futures fail with a {@link io.ternmq.TernMQException}, and complete on the
 * engine's own threads: what depends on them must not block.
 */
public interface Engine extends AutoCloseable {

    /**
     * Tells the time.
     *
     * @return the engine's clock
     */
    InstantSource clock();

    /**
     * Measures how long something takes, by the engine's clock.
     *
     * @return nanoseconds since some moment; only differences mean something
     */
    long nanoTime();

    /**
     * Does something later, by the engine's clock.
     *
     * @param delay 0 or more
     * @param task  must not block
     * @return may be cancelled
     */
    Scheduled schedule(Duration delay, Runnable task);

    /** What was to be done later. */
    @FunctionalInterface
    interface Scheduled {

        /** It is not done, unless it has begun. */
        void cancel();
    }

    /**
     * Runs what applications attach to futures, where the engine's own threads must not.
     *
     * @return runs at once, on the calling thread, unless the engine says otherwise
     */
    default Executor callbacks() {
        return Runnable::run;
    }

    /**
     * Which partitions can be written. A topic that does not exist comes into being where that is allowed.
     *
     * @param topic which topic
     * @return at least one, in order
     */
    CompletableFuture<List<Partition>> writable(String topic);

    /**
     * Which partitions can be read.
     *
     * @param topic which topic
     * @return in order; none when it does not exist
     */
    CompletableFuture<List<Partition>> readable(String topic);

    /**
     * Stores a message.
     *
     * @param partition one of {@link #writable}
     * @param message   the message
     * @return completes when it is stored
     */
    CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message);

    /**
     * Stores messages, all or none.
     *
     * @param partition one of {@link #writable}
     * @param messages  at least one, none delayed
     * @return completes when they are stored
     */
    CompletableFuture<List<SendReceipt>> send(Partition partition, List<OutgoingMessage> messages);

    /**
     * Stores a message as part of the caller's own transaction.
     *
     * @param partition one of {@link #writable}
     * @param message   the message
     * @param resource  what to join
     * @return completes when it is part of it
     */
    default CompletableFuture<SendReceipt> send(Partition partition, OutgoingMessage message, Object resource) {
        return CompletableFuture.failedFuture(new UnsupportedException(
                "joining a " + resource.getClass().getName() + " (expected: an engine over the same database)"));
    }

    /**
     * Sends without an answer.
     *
     * @param partition one of {@link #writable}
     * @param message   the message
     */
    void sendOneWay(Partition partition, OutgoingMessage message);

    /**
     * Stores a message that nobody sees yet.
     *
     * @param partition one of {@link #writable}
     * @param message   not delayed
     * @return completes when it is stored
     */
    CompletableFuture<HalfMessage> prepare(Partition partition, OutgoingMessage message);

    /**
     * Sends a request and waits for the answer.
     *
     * @param partition one of {@link #writable}
     * @param message   the request
     * @param timeout   how long to wait
     * @return completes with the answer
     */
    CompletableFuture<StoredMessage> request(Partition partition, OutgoingMessage message, Duration timeout);

    /**
     * Answers a request.
     *
     * @param request what was received
     * @param body    the answer
     * @return completes when the answer is on its way
     */
    CompletableFuture<Void> reply(StoredMessage request, byte[] body);

    /**
     * Takes a delayed message back.
     *
     * @param topic  where it was sent to
     * @param handle from its receipt
     * @return completes with what became of it
     */
    CompletableFuture<RecallResult> recall(String topic, String handle);

    /**
     * Joins a group.
     *
     * @param terms  which, and how
     * @param events told when members come and go
     * @return completes when this is a member
     */
    CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events);

    /**
     * Reads from a position.
     *
     * @param request what
     * @return completes with what was there, after waiting for it
     */
    CompletableFuture<ReadAnswer> read(ReadRequest request);

    /**
     * What a partition has.
     *
     * @param partition which
     * @return the first offset it has, and the one behind its last
     */
    CompletableFuture<OffsetRange> range(Partition partition);

    /**
     * Where a time is.
     *
     * @param partition which
     * @param time      when
     * @return the offset of the first message that was stored then or later; the end when there is none
     */
    CompletableFuture<Long> offsetAt(Partition partition, Instant time);

    /**
     * How far a group has come.
     *
     * @param group     which group
     * @param partition in which partition
     * @return empty when it never consumed it
     */
    CompletableFuture<OptionalLong> committed(String group, Partition partition);

    /**
     * Keeps how far a group has come.
     *
     * @param group   which group
     * @param offsets what it consumes next
     * @return completes when it is kept
     */
    CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets);

    /**
     * How far a group is behind.
     *
     * @param group which group
     * @param topic in which topic
     * @return completes with nothing when one of them does not exist
     */
    CompletableFuture<Lag> lag(String group, String topic);

    /**
     * What operators do.
     *
     * @return looks and changes
     */
    EngineAdmin admin();

    /** Lets go of everything; what waits fails. */
    @Override
    void close();
}
