package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.CachedEpochClock;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long START_MS = 1_700_000_000_000L;

    private final CachedEpochClock clock = new CachedEpochClock();
    private final GroupThrottles groups = new GroupThrottles(clock);
    private final ClientThrottles client = new ClientThrottles(Rate.UNLIMITED, START_MS);

    ThrottleTest() {
        clock.update(START_MS);
    }

    @Test
    void whatGathersInASecondGoesAtOnceAndThenTheRateHolds() {
        Throttle throttle = new Throttle(new Rate(10, 0), START_MS);
        assertThat(throttle.messages(START_MS)).isEqualTo(10);
        assertThat(throttle.bytes(START_MS)).isEqualTo(Long.MAX_VALUE);
        throttle.took(10, 1_000, START_MS);
        assertThat(throttle.holdMs(START_MS)).isEqualTo(100);
        assertThat(throttle.messages(START_MS + 99)).isZero();
        assertThat(throttle.messages(START_MS + 100)).isEqualTo(1);
        assertThat(throttle.messages(START_MS + 60_000)).isEqualTo(10);
    }

    @Test
    void whatWasTooMuchIsMadeUpForFirst() {
        Throttle throttle = new Throttle(new Rate(0, 1_000), START_MS);
        throttle.took(1, 4_001, START_MS);
        assertThat(throttle.waitMs(START_MS)).isEqualTo(3_002);
        assertThat(throttle.waitMs(START_MS + 3_002)).isZero();
    }

    @Test
    void thoseWhoWaitAreGivenTurnsOneBehindTheOther() {
        Throttle throttle = new Throttle(new Rate(10, 0), START_MS);
        throttle.took(10, 0, START_MS);
        assertThat(throttle.holdMs(START_MS)).isEqualTo(100);
        assertThat(throttle.holdMs(START_MS)).isEqualTo(200);
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.holdMs(START_MS)).isBetween(200L, Throttle.TURN_MS_MAX);
        }
    }

    @Test
    void aClockThatGoesBackFillsNothingTwice() {
        Throttle throttle = new Throttle(new Rate(10, 0), START_MS);
        throttle.took(10, 0, START_MS);
        assertThat(throttle.messages(START_MS - 60_000)).isZero();
        assertThat(throttle.messages(START_MS + 100)).isEqualTo(1);
    }

    @Property(tries = 200)
    void neverMoreThanTheRateAndASecondsWorth(
            @ForAll @IntRange(min = 20, max = 5_000) int rate, @ForAll @IntRange(min = 1, max = 100) int stepMs) {
        Throttle throttle = new Throttle(new Rate(rate, 0), START_MS);
        long taken = 0;
        for (long ms = 0; ms <= 20_000; ms += stepMs) {
            while (throttle.holdMs(START_MS + ms) == 0) {
                long batch = Math.min(32, throttle.messages(START_MS + ms));
                throttle.took(batch, 0, START_MS + ms);
                taken += batch;
            }
            assertThat(taken).isLessThanOrEqualTo(rate + rate * ms / 1_000 + 1);
        }
        assertThat(taken).isGreaterThanOrEqualTo(rate * 19L * 9 / 10);
    }

    @Test
    void aGroupsLimitIsSharedAndAClientsIsItsOwn() {
        GroupConfig group = group(Map.of(GroupRates.MESSAGES, "10", GroupRates.CLIENT_MESSAGES, "4"));
        ClientThrottles other = new ClientThrottles(Rate.UNLIMITED, START_MS);
        Gate first = groups.gate(group, client);
        Gate second = groups.gate(group, other);
        assertThat(first.messagesMax(32, START_MS)).isEqualTo(4);
        first.took(4, 400, START_MS);
        assertThat(groups.gate(group, client).holdMs(START_MS)).isPositive();
        assertThat(second.messagesMax(32, START_MS)).isEqualTo(4);
        second.took(4, 400, START_MS);
        Gate third = groups.gate(group, new ClientThrottles(Rate.UNLIMITED, START_MS));
        assertThat(third.messagesMax(32, START_MS)).isEqualTo(2);
    }

    @Test
    void otherSettingsMakeAnotherThrottle() {
        Gate limited = groups.gate(group(Map.of(GroupRates.MESSAGES, "1")), client);
        limited.took(100, 0, START_MS);
        assertThat(limited.holdMs(START_MS)).isPositive();
        assertThat(groups.gate(group(Map.of(GroupRates.MESSAGES, "5")), client).holdMs(START_MS))
                .isZero();
        assertThat(groups.gate(group(Map.of("team", "billing")), client).isOpen())
                .isTrue();
        assertThat(groups.gate(group(Map.of()), client).isOpen()).isTrue();
    }

    @Test
    void theThrottlesAreBounded() {
        for (int i = 0; i < GroupThrottles.COUNT_MAX + 10; i++) {
            groups.gate(group("g" + i, Map.of(GroupRates.MESSAGES, "1")), client);
        }
        assertThat(groups.count()).isLessThanOrEqualTo(GroupThrottles.COUNT_MAX);
    }

    @Test
    void aLimitThatIsNoNumberIsNamed() {
        for (String wrong : new String[] {"0", "-1", "fast", ""}) {
            assertThatThrownBy(() -> GroupRates.of(group(Map.of(GroupRates.BYTES, wrong))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(GroupRates.BYTES + ": '" + wrong + "'");
        }
        assertThatThrownBy(() -> new Rate(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static GroupConfig group(Map<String, String> attributes) {
        return group("billing", attributes);
    }

    private static GroupConfig group(String name, Map<String, String> attributes) {
        return new GroupConfig(name, true, true, false, 1, 16, true, attributes, RetryPolicy.CLASSIC);
    }
}
