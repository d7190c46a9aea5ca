package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TimeArgumentTest {

    @Test
    void readsMillisecondsAndTimesWithAndWithoutAZone() {
        assertThat(TimeArgument.parse("--to", "1767225600000")).isEqualTo(1_767_225_600_000L);
        assertThat(TimeArgument.parse("--to", "2026-01-01T00:00:00Z")).isEqualTo(1_767_225_600_000L);
        assertThat(TimeArgument.parse("--to", "2026-01-31T12:30:00"))
                .isEqualTo(LocalDateTime.of(2026, 1, 31, 12, 30)
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli());
        assertThat(TimeArgument.parse("--to", "2026-01-31"))
                .isEqualTo(LocalDate.of(2026, 1, 31)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli());
    }

    @Test
    void namesOptionAndValueOfWhatIsNoTime() {
        assertThatThrownBy(() -> TimeArgument.parse("--to", "yesterday"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--to: 'yesterday' (expected: a time such as 2026-01-31T12:00:00Z");
    }
}
