package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Partition;
import io.ternmq.TernMQ;
import io.ternmq.runtime.EngineMQ;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Closing a queue with several members, each of which has something in hand and waits for more. */
class ClosingTest {

    private static final List<String> TOPICS = List.of("orders", "receipts", "parcels");

    private final PlayedEngine engine = new PlayedEngine();
    private final TernMQ mq = EngineMQ.of(engine, OpenOptions.NONE);
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @Test
    void noneTakesAnythingWhileAnotherIsWaitedFor() {
        start(Duration.ofSeconds(30));
        List<PlayedEngine.Reading> open = List.copyOf(engine.reads.values());
        assertThat(open).hasSize(TOPICS.size());
        CompletableFuture<Void> closing = CompletableFuture.runAsync(mq::close);
        await().until(() -> open.stream().allMatch(reading -> reading.answer().isCancelled()));
        threads.forEach(Runnable::run);
        assertThat(closing).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void allAreWaitedForAtTheSameTime() {
        start(Duration.ofSeconds(4));
        assertThat(CompletableFuture.runAsync(mq::close)).succeedsWithin(Duration.ofSeconds(11));
    }

    private void start(Duration closeTimeout) {
        engine.partitions(CompletableFuture.completedFuture(TOPICS.stream()
                .flatMap(topic -> IntStream.range(0, 2).mapToObj(id -> new Partition(topic, "a", id)))
                .toList()));
        for (String topic : TOPICS) {
            mq.consumer("billing")
                    .on(topic, message -> {})
                    .broadcast()
                    .executor(threads::add)
                    .closeTimeout(closeTimeout)
                    .start();
            engine.give(new Partition(topic, "a", 0), 0, 1, 1);
        }
        assertThat(threads).hasSize(TOPICS.size());
    }
}
