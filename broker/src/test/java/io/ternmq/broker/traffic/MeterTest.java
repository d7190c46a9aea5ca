package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final int THREADS = 4;
    private static final int EACH = 20_000;

    private final Meter meter = new Meter();

    @Test
    void whoCountsDoesNotWaitForWhoElseIsAtIt() throws Exception {
        meter.add(1, 10, START_MS);
        Thread other = new Thread(() -> meter.add(1, 10, START_MS + 1));
        synchronized (meter) {
            other.start();
            other.join(Duration.ofSeconds(10).toMillis());
            assertThat(other.isAlive()).isFalse();
        }
        assertThat(meter.figures(START_MS + 1).minute().messages()).isEqualTo(2);
    }

    @Test
    void nothingIsLostOrCountedTwiceWhateverTheThreadsDo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = IntStream.range(0, THREADS)
                    .<Future<?>>mapToObj(thread -> threads.submit(this::countAndLook))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        Flow day = meter.figures(START_MS + EACH).day();
        assertThat(day.messages()).isEqualTo(3L * THREADS * EACH);
        assertThat(day.bytes()).isEqualTo(7L * THREADS * EACH);
        assertThat(day.calls()).isEqualTo((long) THREADS * EACH);
    }

    private void countAndLook() {
        for (int i = 0; i < EACH; i++) {
            meter.add(3, 7, START_MS + i);
            if (i % 100 == 0) {
                meter.figures(START_MS + i);
            }
        }
    }
}
