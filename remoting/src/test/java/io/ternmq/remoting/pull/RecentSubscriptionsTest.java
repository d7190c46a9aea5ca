package io.ternmq.remoting.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.member.Subscription;
import org.junit.jupiter.api.Test;

class RecentSubscriptionsTest {
    private final RecentSubscriptions recent = new RecentSubscriptions();

    @Test
    void whatComesAgainIsNotFoundOutAgain() {
        Subscription first = recent.get("t", "SQL92", "a > 1");

        assertThat(recent.get("t", "SQL92", "a > 1")).isSameAs(first);
        assertThat(recent.get("t", "SQL92", "a > 2")).isNotSameAs(first);
        assertThat(recent.get("t", "TAG", "a > 1").isByTag()).isTrue();
    }

    @Test
    void theOneThatWasNotAskedForTheLongestGoesFirst() {
        Subscription often = recent.get("t", "SQL92", "a > 0");
        Subscription once = recent.get("t", "SQL92", "a > 1");
        for (int i = 2; i <= RecentSubscriptions.COUNT_MAX; i++) {
            recent.get("t", "SQL92", "a > " + i);
            recent.get("t", "SQL92", "a > 0");
        }

        assertThat(recent.count()).isEqualTo(RecentSubscriptions.COUNT_MAX);
        assertThat(recent.get("t", "SQL92", "a > 0")).isSameAs(often);
        assertThat(recent.get("t", "SQL92", "a > 1")).isNotSameAs(once);
    }
}
