package io.ternmq.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallbackThreadTest {

    private static final int COUNT = 100_000;

    private final CallbackThread callbacks = new CallbackThread("callbacks");

    @AfterEach
    void close() {
        callbacks.close();
    }

    @Test
    void whatSeveralThreadsBringIsAllRun() throws Exception {
        CountDownLatch left = new CountDownLatch(2 * COUNT);
        Runnable bring = () -> {
            for (int i = 0; i < COUNT; i++) {
                callbacks.execute(left::countDown);
            }
        };
        new Thread(bring, "first").start();
        new Thread(bring, "second").start();
        assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsBroughtRunsOnceTheThreadIsWoken() throws Exception {
        CountDownLatch left = new CountDownLatch(2);
        callbacks.bring(left::countDown);
        callbacks.bring(left::countDown);
        callbacks.wake();
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneThatFailsDoesNotKeepTheNextFromRunning() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        callbacks.execute(() -> {
            throw new AssertionError("the application's mistake");
        });
        callbacks.execute(left::countDown);
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closingRunsWhatWaitsAndLaterOnesRunWhereTheyAreBrought() {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < COUNT; i++) {
            callbacks.execute(ran::incrementAndGet);
        }
        callbacks.close();
        assertThat(ran).hasValue(COUNT);
        callbacks.execute(ran::incrementAndGet);
        assertThat(ran).hasValue(COUNT + 1);
    }

    @Test
    void aCallbackMayCloseIt() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        callbacks.execute(() -> {
            callbacks.close();
            closed.countDown();
        });
        assertThat(closed.await(2, TimeUnit.SECONDS)).isTrue();
    }
}
