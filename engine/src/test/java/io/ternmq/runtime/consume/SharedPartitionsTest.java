package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.AllocationStrategies;
import io.ternmq.ConsumerBuilder;
import io.ternmq.Filter;
import io.ternmq.Partition;
import io.ternmq.Retry;
import io.ternmq.Subscription;
import io.ternmq.TernMQ;
import io.ternmq.UnavailableException;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.EngineMQ;
import io.ternmq.runtime.StandInEngine;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A member that reads partitions of its own, on an engine and threads that the test plays. */
class SharedPartitionsTest {

    private static final Partition FIRST = new Partition("orders", "a", 0);
    private static final Partition SECOND = new Partition("orders", "a", 1);

    private final PlayedEngine engine = new PlayedEngine();
    private final TernMQ mq = EngineMQ.of(
            engine,
            new OpenOptions(
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Map.of()));
    /** What handlers' executor was given and the test runs. */
    private final Queue<Runnable> threads = new ArrayDeque<>();

    private final List<Long> handled = new ArrayList<>();
    private final List<Long> failing = new ArrayList<>();

    @Test
    void theOffsetStaysUntilWhatFailedIsSentBack() {
        failing.add(1L);
        start(FIRST);
        engine.give(FIRST, 0, 3, 3);
        runAll();
        assertThat(handled).containsExactly(0L, 1L, 2L);
        assertThat(engine.sendingBack).hasSize(1);
        engine.turnClock();
        assertThat(engine.committed).doesNotContainKey(FIRST);
        assertThat(engine.reads).doesNotContainKey(FIRST);

        engine.sendingBack.remove().complete(null);
        assertThat(engine.reads.get(FIRST).request().offset()).isEqualTo(3);
        engine.turnClock();
        assertThat(engine.committed).containsEntry(FIRST, 3L);
    }

    @Test
    void whatCannotBeSentBackIsTriedAgain() {
        failing.add(0L);
        start(FIRST);
        engine.give(FIRST, 0, 1, 1);
        runAll();
        for (int i = 0; i < 3; i++) {
            engine.sendingBack.remove().completeExceptionally(new UnavailableException("gone"));
            assertThat(engine.sendingBack).isEmpty();
            engine.turnClock();
            assertThat(engine.committed).doesNotContainKey(FIRST);
            assertThat(engine.sendingBack).hasSize(1);
        }
        engine.sendingBack.remove().complete(null);
        engine.turnClock();
        assertThat(engine.committed).containsEntry(FIRST, 1L);
        assertThat(handled).containsExactly(0L);
    }

    @Test
    void whoIsClosedMeanwhileLeavesTheMessageToTheNext() {
        failing.add(1L);
        Subscription member = start(FIRST);
        engine.give(FIRST, 0, 3, 3);
        runAll();
        engine.sendingBack.remove().completeExceptionally(new UnavailableException("gone"));
        assertThat(member.close(Duration.ofSeconds(5))).isTrue();
        assertThat(engine.committed).containsEntry(FIRST, 1L);
        engine.turnClock();
        assertThat(engine.sendingBack).isEmpty();
    }

    @Test
    void whatIsNotBegunIsNotBegunAnyMore() {
        Subscription member = start(FIRST);
        engine.give(FIRST, 0, 3, 3);
        assertThat(member.close(Duration.ZERO)).isFalse();
        runAll();
        assertThat(handled).isEmpty();
        engine.turnClock();
        assertThat(engine.committed).doesNotContainKey(FIRST);
    }

    @Test
    void whatAFilterRefusesIsBehindTheMember() {
        start(FIRST);
        engine.give(FIRST, 0, 0, 7);
        assertThat(engine.reads.get(FIRST).request().offset()).isEqualTo(7);
        engine.turnClock();
        assertThat(engine.committed).containsEntry(FIRST, 7L);
        engine.committed.clear();
        engine.give(FIRST, 7, 0, 7);
        engine.turnClock();
        assertThat(engine.committed).isEmpty();
    }

    @Test
    void aTopicHasAsManyHandlersAsWasSaidHoweverManyPartitions() {
        start(FIRST, SECOND);
        engine.give(FIRST, 0, 4, 4);
        engine.give(SECOND, 0, 4, 4);
        assertThat(threads).hasSize(2);
        runAll();
        assertThat(handled).hasSize(8);
    }

    @Test
    void whatNoThreadTakesIsReadAgainLater() {
        RejectedExecutionException closed = new RejectedExecutionException("closed");
        engine.partitions(CompletableFuture.completedFuture(List.of(FIRST)));
        builder()
                .executor(task -> {
                    throw closed;
                })
                .start();
        engine.give(FIRST, 0, 2, 2);
        assertThat(engine.sendingBack).isEmpty();
        assertThat(engine.reads).doesNotContainKey(FIRST);
        engine.turnClock();
        assertThat(engine.reads.get(FIRST).request().offset()).isZero();
        assertThat(engine.committed).doesNotContainKey(FIRST);
    }

    private Subscription start(Partition... partitions) {
        engine.partitions(CompletableFuture.completedFuture(List.of(partitions)));
        return builder().executor(threads::add).start();
    }

    private ConsumerBuilder builder() {
        return mq.consumer("billing")
                .on("orders", Filter.all(), message -> {
                    handled.add(message.offset());
                    if (failing.contains(message.offset())) {
                        throw new IllegalStateException("as the test says");
                    }
                })
                .allocate(AllocationStrategies.average())
                .concurrency(2)
                .retry(Retry.every(Duration.ofSeconds(1)));
    }

    private void runAll() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }

    /** Partitions that are read, and a group that keeps offsets. */
    private static final class PlayedEngine extends StandInEngine {

        /** A read that waits for the test. */
        record Reading(ReadRequest request, CompletableFuture<ReadAnswer> answer) {}

        final Map<Partition, Reading> reads = new HashMap<>();
        final Map<Partition, Long> committed = new HashMap<>();
        final Queue<CompletableFuture<Void>> sendingBack = new ArrayDeque<>();

        @Override
        public CompletableFuture<List<Partition>> readable(String topic) {
            return topic.equals("orders") ? super.readable(topic) : CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletableFuture<ReadAnswer> read(ReadRequest request) {
            Reading reading = new Reading(request, new CompletableFuture<>());
            reads.put(request.partition(), reading);
            return reading.answer();
        }

        @Override
        public CompletableFuture<OptionalLong> committed(String group, Partition partition) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }

        @Override
        public CompletableFuture<Void> commit(String group, Map<Partition, Long> offsets) {
            committed.putAll(offsets);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<GroupMember> join(MemberTerms terms, Runnable events) {
            return CompletableFuture.completedFuture(new Member(sendingBack));
        }

        /** Answers the read that waits. */
        void give(Partition partition, long from, int count, long next) {
            List<StoredMessage> messages = LongStream.range(from, from + count)
                    .mapToObj(offset -> message(partition, offset))
                    .toList();
            reads.remove(partition).answer().complete(new ReadAnswer(messages, next));
        }

        /** What is to be done later is done now, and not what that has done later still. */
        void turnClock() {
            List<Runnable> due = List.copyOf(scheduled);
            scheduled.removeAll(due);
            due.forEach(Runnable::run);
        }

        private static StoredMessage message(Partition partition, long offset) {
            StoredMessage.Marks marks =
                    new StoredMessage.Marks(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
            return new StoredMessage(
                    partition,
                    offset,
                    "id" + offset,
                    new byte[0],
                    marks,
                    Map.of(),
                    1,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    "origin");
        }
    }

    /** The only one of its group. */
    private record Member(Queue<CompletableFuture<Void>> sendingBack) implements GroupMember {

        @Override
        public String name() {
            return "one";
        }

        @Override
        public List<String> members() {
            return List.of("one");
        }

        @Override
        public CompletableFuture<List<LeasedMessage>> take(TakeRequest request) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<Void> ack(LeasedMessage lease) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<LeasedMessage> extend(LeasedMessage lease, Duration invisible) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<Void> retry(LeasedMessage lease, Duration delay) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<Void> putBack(LeasedMessage lease) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<Void> deadLetter(LeasedMessage lease) {
            throw new AssertionError("nothing is leased");
        }

        @Override
        public CompletableFuture<Void> sendBack(StoredMessage message, Duration delay) {
            CompletableFuture<Void> sending = new CompletableFuture<>();
            sendingBack.add(sending);
            return sending;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
