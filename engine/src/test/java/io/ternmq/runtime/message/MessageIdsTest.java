package io.ternmq.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MessageIdsTest {

    private static final int MORE_THAN_A_COUNTER_HOLDS = 70_000;

    private final AtomicReference<Instant> now = new AtomicReference<>(at(2, 0, 0, 1));
    private final InstantSource clock = now::get;

    @Test
    void namesNoTwoMessagesTheSameThoughTheClockStands() {
        MessageIds one = new MessageIds(clock);
        MessageIds other = new MessageIds(clock);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < MORE_THAN_A_COUNTER_HOLDS; i++) {
            assertThat(ids.add(one.next())).isTrue();
            assertThat(ids.add(other.next())).isTrue();
        }
        assertThat(ids).allMatch(id -> id.matches("[0-9A-F]{32}"));
    }

    @Test
    void theMillisecondsOfTheMonthAreWhereToolsLookForThem() {
        MessageIds ids = new MessageIds(clock);
        assertThat(ids.next().substring(20, 28)).isEqualTo("%08X".formatted(86_401_000));
        assertThat(ids.next().substring(20, 28)).isEqualTo("%08X".formatted(86_401_000));
        now.set(at(3, 0, 0, 1));
        assertThat(ids.next().substring(20, 28)).isEqualTo("%08X".formatted(2 * 86_401_000 - 1_000));
    }

    @Test
    void noMonthRepeatsWhatAnotherOneHad() {
        MessageIds ids = new MessageIds(clock);
        String march = ids.next();
        now.set(now.get().atZone(ZoneId.systemDefault()).plusMonths(1).toInstant());
        String april = ids.next();
        assertThat(april.substring(0, 20)).isNotEqualTo(march.substring(0, 20));
        assertThat(april.substring(20, 28)).isEqualTo("%08X".formatted(86_401_000));
    }

    private static Instant at(int day, int hour, int minute, int second) {
        return ZonedDateTime.of(2026, 3, day, hour, minute, second, 0, ZoneId.systemDefault())
                .toInstant();
    }
}
