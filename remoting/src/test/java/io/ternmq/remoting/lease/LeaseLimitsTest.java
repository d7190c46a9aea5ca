package io.ternmq.remoting.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseLimitsTest {
    private static final long NOW_MS = 1_700_000_000_000L;

    @Test
    void aRequestWaitsFromWhenItCame() {
        assertThat(LeaseLimits.deadlineMs(15_000, NOW_MS)).isEqualTo(NOW_MS + 15_000);
        assertThat(LeaseLimits.deadlineMs(0, NOW_MS)).isZero();
    }

    @Test
    void aWaitIsBounded() {
        assertThat(LeaseLimits.deadlineMs(Long.MAX_VALUE, NOW_MS)).isEqualTo(NOW_MS + LeaseLimits.WAIT_MS_MAX);
    }
}
