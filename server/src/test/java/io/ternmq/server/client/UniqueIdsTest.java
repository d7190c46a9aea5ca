package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {

    private final long nowMs = ZonedDateTime.of(2026, 3, 2, 0, 0, 1, 0, ZoneId.systemDefault())
            .toInstant()
            .toEpochMilli();
    private final UniqueIds ids = new UniqueIds(() -> nowMs);

    @Test
    void holdsTheMillisecondsOfTheMonthWhereToolsLookForThem() {
        assertThat(ids.next()).matches("[0-9A-F]{32}").contains("%08X".formatted(86_401_000));
        assertThat(ids.next().substring(20, 28)).isEqualTo("%08X".formatted(86_401_000));
    }

    @Test
    void givesEachMessageItsOwn() {
        assertThat(ids.next()).isNotEqualTo(ids.next());
        assertThat(new UniqueIds(() -> nowMs).next()).isNotEqualTo(ids.next());
    }
}
