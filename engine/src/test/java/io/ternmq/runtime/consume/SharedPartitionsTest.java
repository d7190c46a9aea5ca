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
import io.ternmq.runtime.EngineMQ;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A member that reads partitions of its own, on an engine and threads that the test plays. */
class SharedPartitionsTest {

    private static final Partition FIRST = new Partition("orders", "a", 0);
    private static final Partition SECOND = new Partition("orders", "a", 1);

    private final PlayedEngine engine = new PlayedEngine();
    private final TernMQ mq = EngineMQ.of(engine, OpenOptions.NONE);
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

    @Test
    void aResetIsFollowedWhenWhatIsHandledHasComeToItsEnd() {
        failing.add(1L);
        start(FIRST, SECOND);
        engine.give(FIRST, 0, 2, 2);
        runAll();
        engine.reset(Map.of(FIRST, 10L));
        assertThat(engine.reads).doesNotContainKey(FIRST);

        engine.sendingBack.remove().complete(null);
        assertThat(engine.reads.get(FIRST).request().offset()).isEqualTo(10);
        assertThat(engine.reads.get(SECOND).request().offset()).isZero();
        assertThat(engine.committed).containsEntry(FIRST, 10L);
    }

    @Test
    void ofSeveralResetsTheLastOneCounts() {
        failing.add(0L);
        start(FIRST);
        engine.give(FIRST, 0, 1, 1);
        runAll();
        engine.reset(Map.of(FIRST, 10L));
        engine.reset(Map.of(FIRST, 5L, SECOND, 7L));
        engine.sendingBack.remove().complete(null);
        assertThat(engine.reads.get(FIRST).request().offset()).isEqualTo(5);
        assertThat(engine.committed).isEqualTo(Map.of(FIRST, 5L));
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
}
