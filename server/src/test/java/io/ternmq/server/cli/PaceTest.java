package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

    /** Every look at the clock takes a tenth of a second. */
    private final AtomicLong nowNs = new AtomicLong();

    @Test
    void thingsHappenEvenlyAndNotEarlier() {
        var pace = new Pace(2, () -> nowNs.addAndGet(100_000_000));
        pace.await();
        long firstNs = nowNs.get();
        pace.await();
        assertThat(nowNs.get() - firstNs).isBetween(400_000_000L, 600_000_000L);
    }

    @Test
    void whatTookLongerIsNotCaughtUpWith() {
        var pace = new Pace(2, () -> nowNs.addAndGet(100_000_000));
        pace.await();
        nowNs.addAndGet(10_000_000_000L);
        pace.await();
        long lateNs = nowNs.get();
        pace.await();
        assertThat(nowNs.get() - lateNs).isGreaterThanOrEqualTo(400_000_000L);
    }
}
