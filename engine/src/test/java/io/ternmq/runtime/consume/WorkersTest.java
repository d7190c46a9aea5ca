package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private final List<Integer> done = new ArrayList<>();
    /** What an executor was given and the test runs. */
    private final Queue<Runnable> threads = new ArrayDeque<>();

    @Test
    void piecesAreDoneInTheirOrder() {
        Workers<Integer> workers = new Workers<>(Runnable::run, 4, done::add);
        workers.add(upTo(300));
        assertThat(done).isEqualTo(upTo(300));
    }

    @Test
    void onePieceWakesOneWorkerAndSeveralWakeTheNextOnlyWhenItComes() {
        Workers<Integer> workers = new Workers<>(threads::add, 4, done::add);
        workers.add(List.of(1));
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(threads).isEmpty();
        workers.add(upTo(10));
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(threads).hasSize(1);
        threads.remove().run();
        assertThat(done).hasSize(11);
    }

    @Test
    void slowPiecesGetAllWorkersAndNoMore() throws Exception {
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            CountDownLatch end = new CountDownLatch(1);
            AtomicInteger begun = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            Workers<Integer> workers = new Workers<>(executor, 3, piece -> {
                begun.incrementAndGet();
                awaitQuietly(end);
                ended.incrementAndGet();
            });
            workers.add(upTo(10));
            await().until(() -> begun.get() == 3);
            workers.add(upTo(10));
            assertThat(begun).hasValue(3);
            end.countDown();
            await().until(() -> ended.get() == 20);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aWorkerLetsOthersHaveTheThreadAfterATurn() {
        Workers<Integer> workers = new Workers<>(threads::add, 1, done::add);
        workers.add(upTo(Workers.TURN_MAX + 1));
        threads.remove().run();
        assertThat(done).hasSize(Workers.TURN_MAX);
        threads.remove().run();
        assertThat(done).hasSize(Workers.TURN_MAX + 1);
        assertThat(threads).isEmpty();
    }

    @Test
    void whenNobodyIsThereToDoItItIsTakenBack() {
        Workers<Integer> workers = new Workers<>(
                task -> {
                    throw new RejectedExecutionException("closed");
                },
                2,
                done::add);
        assertThatThrownBy(() -> workers.add(List.of(1, 2))).isInstanceOf(RejectedExecutionException.class);
        assertThat(workers.takeBack()).containsExactly(1, 2);
        assertThat(workers.takeBack()).isEmpty();
    }

    @Test
    void whileSomebodyIsThereNothingIsTakenBack() {
        Workers<Integer> workers = new Workers<>(
                task -> {
                    if (!threads.isEmpty()) {
                        throw new RejectedExecutionException("full");
                    }
                    threads.add(task);
                },
                2,
                done::add);
        workers.add(List.of(1));
        workers.add(upTo(2 * Workers.TURN_MAX));
        Runnable only = threads.peek();
        only.run();
        assertThat(done).hasSize(2 * Workers.TURN_MAX + 1);
    }

    @Test
    void aWorkerThatFailsIsReplaced() {
        Workers<Integer> workers = new Workers<>(threads::add, 1, piece -> {
            done.add(piece);
            throw new IllegalStateException("piece " + piece);
        });
        workers.add(upTo(2));
        assertThatThrownBy(() -> threads.remove().run()).hasMessage("piece 0");
        assertThatThrownBy(() -> threads.remove().run()).hasMessage("piece 1");
        assertThat(done).containsExactly(0, 1);
        workers.add(List.of(2));
        assertThat(threads).hasSize(1);
    }

    private static List<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
