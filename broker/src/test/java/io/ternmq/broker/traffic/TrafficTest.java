package io.ternmq.broker.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ternmq.broker.traffic.Traffic.Direction;
import org.agrona.concurrent.CachedEpochClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;

    private final CachedEpochClock clock = new CachedEpochClock();
    private final Traffic traffic = new Traffic(clock);

    @BeforeEach
    void startTheClock() {
        clock.update(START_MS);
    }

    @Test
    void countsByTopicAndByGroup() {
        traffic.sent("orders", 3, 300);
        traffic.sent("orders", 1, 100);
        traffic.given("orders", "billing", 2, 200);
        traffic.handedBack("orders", "billing", 100);

        Flow sent = traffic.figures(Direction.SENT, "orders", "").minute();
        assertThat(sent.messages()).isEqualTo(4);
        assertThat(sent.bytes()).isEqualTo(400);
        assertThat(sent.calls()).isEqualTo(2);
        assertThat(traffic.figures(Direction.GIVEN, "orders", "billing").day().messages())
                .isEqualTo(2);
        assertThat(traffic.figures(Direction.GIVEN, "orders", "others")).isEqualTo(Meter.Figures.NONE);
        assertThat(traffic.figures(Direction.HANDED_BACK, "orders", "billing")
                        .hour()
                        .messages())
                .isEqualTo(1);
        assertThat(traffic.sentCount()).isEqualTo(4);
        assertThat(traffic.givenCount()).isEqualTo(2);
    }

    @Test
    void aRateIsOverTheSpanOrSinceTheFirst() {
        for (int second = 0; second < 20; second++) {
            traffic.sent("orders", 10, 1);
            clock.advance(1_000);
        }
        assertThat(traffic.allSent().minute().messagesPerSecond()).isCloseTo(10, within(0.01));
        for (int second = 0; second < 100; second++) {
            traffic.sent("orders", 10, 1);
            clock.advance(1_000);
        }
        assertThat(traffic.allSent().minute().messagesPerSecond()).isBetween(8.0, 10.0);
    }

    @Test
    void whatIsOlderThanTheSpanFallsOut() {
        traffic.sent("orders", 1, 1);
        clock.advance(MINUTE_MS);
        assertThat(traffic.allSent().minute().messages()).isZero();
        assertThat(traffic.allSent().hour().messages()).isEqualTo(1);
        clock.advance(DAY_MS);
        assertThat(traffic.allSent().hour().messages()).isZero();
        assertThat(traffic.allSent().day().messages()).isZero();
        assertThat(traffic.sentCount()).isEqualTo(1);
    }

    @Test
    void aClockThatGoesBackLosesNothing() {
        traffic.sent("orders", 1, 1);
        clock.update(START_MS - DAY_MS);
        traffic.sent("orders", 1, 1);
        assertThat(traffic.allSent().minute().messages()).isEqualTo(2);
    }

    @Test
    void whatWasIdleForADayMakesRoomAtTheBound() {
        for (int i = 0; i < Traffic.METERS_MAX + 10; i++) {
            traffic.sent("topic" + i, 1, 1);
        }
        assertThat(traffic.meterCount()).isEqualTo(Traffic.METERS_MAX);
        assertThat(traffic.sentCount()).isEqualTo(Traffic.METERS_MAX + 10);
        clock.advance(2 * DAY_MS);
        traffic.sent("new", 1, 1);
        assertThat(traffic.meterCount()).isEqualTo(1);
    }
}
