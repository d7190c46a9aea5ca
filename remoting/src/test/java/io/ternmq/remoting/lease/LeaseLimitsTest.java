package io.ternmq.remoting.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseLimitsTest {
    private static final long NOW_MS = 1_700_000_000_000L;

    @Test
    void aRequestWaitsFromWhenItWasBorn() {
        assertThat(LeaseLimits.deadlineMs(NOW_MS - 1_000, 15_000, NOW_MS)).isEqualTo(NOW_MS + 14_000);
        assertThat(LeaseLimits.deadlineMs(NOW_MS - 20_000, 15_000, NOW_MS)).isZero();
        assertThat(LeaseLimits.deadlineMs(NOW_MS, 0, NOW_MS)).isZero();
    }

    @Test
    void aClockThatIsAheadDoesNotMakeItWaitLonger() {
        assertThat(LeaseLimits.deadlineMs(NOW_MS + 3_600_000, 15_000, NOW_MS)).isEqualTo(NOW_MS + 15_000);
    }

    @Test
    void aWaitIsBounded() {
        assertThat(LeaseLimits.deadlineMs(NOW_MS, Long.MAX_VALUE, NOW_MS)).isEqualTo(NOW_MS + LeaseLimits.WAIT_MS_MAX);
    }
}
