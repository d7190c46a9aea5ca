package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The threads that read the log. */
class ReaderThreadsTest {

    @Test
    void anErrorIsToldToWhoWaits() {
        try (ReaderThreads readers = new ReaderThreads()) {
            CompletableFuture<String> result = new CompletableFuture<>();
            readers.read(result, scratch -> {
                throw new AssertionError("expected by the test");
            });
            assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(AssertionError.class);
        }
    }

    @Test
    void closingWaitsForWhoReadsThoughItIsInterrupted() throws Exception {
        ReaderThreads readers = new ReaderThreads();
        CountDownLatch mayEnd = new CountDownLatch(1);
        CompletableFuture<String> result = new CompletableFuture<>();
        readers.read(result, scratch -> {
            awaitQuietly(mayEnd);
            return "read";
        });
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        Thread closing = new Thread(() -> {
            readers.close();
            closed.complete(result.isDone() && Thread.currentThread().isInterrupted());
        });
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
        closing.interrupt();
        await().until(() -> !closing.isInterrupted() && closing.getState() == Thread.State.TIMED_WAITING);
        assertThat(closed).isNotDone();
        mayEnd.countDown();
        assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
