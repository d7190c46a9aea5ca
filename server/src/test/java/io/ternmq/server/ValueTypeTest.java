package io.ternmq.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {

    private static final long MIB = 1L << 20;

    @ParameterizedTest
    @CsvSource({"1048576, 1048576", "1MiB, 1048576", "1 mib, 1048576", "2048KiB, 2097152", "1GiB, 1073741824"})
    void readsASizeInAnyUnit(String text, long bytes) {
        assertThat(Quantity.bytes(MIB, 1024 * MIB).parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MiB", "-1MiB", "1.5MiB", "1MB", "1023KiB", "2GiB", "9999999999GiB", "12345678901234567890"})
    void refusesWhatIsNoSizeOrOutOfRange(String text) {
        assertThat(Quantity.bytes(MIB, 1024 * MIB).parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250, 250", "250ms, 250", "5s, 5000", "2m, 120000", "1h, 3600000", "3d, 259200000"})
    void readsADurationInAnyUnit(String text, long ms) {
        assertThat(Quantity.time(1, 400_000_000).parse(text)).contains(ms);
    }

    @Test
    void takesZeroOnlyWhereItMeansSomething() {
        Quantity limit = Quantity.bytes(MIB, 2 * MIB);
        assertThat(limit.parse("0")).isEmpty();
        assertThat(limit.orZeroFor("no limit").parse("0")).contains(0L);
        assertThat(limit.orZeroFor("no limit").expectation()).isEqualTo("a size, 1MiB..2MiB, or 0 for no limit");
    }

    @Test
    void readsAnEnumInSmallLetters() {
        var type = new OneOf<>(FlushMode.class);
        assertThat(type.parse("async")).contains(FlushMode.ASYNC);
        assertThat(type.parse("ASYNC")).isEmpty();
        assertThat(type.expectation()).isEqualTo("sync or async");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "", "x", "99999999999"})
    void refusesWhatIsNoNumberOrOutOfRange(String text) {
        assertThat(WholeNumber.of(0, 65_535).parse(text)).isEmpty();
    }

    @Test
    void refusesHostsWithBlanksOrSchemes() {
        assertThat(Text.host().parse("mq.example.org")).contains("mq.example.org");
        assertThat(Text.host().parse("::1")).contains("::1");
        assertThat(Text.host().parse("http://mq")).isEmpty();
        assertThat(Text.host().parse("a b")).isEmpty();
        assertThat(Text.host().parse("")).isEmpty();
    }

    @Test
    void readsTruthOnlyAsTrueOrFalse() {
        assertThat(new YesNo().parse("true")).contains(true);
        assertThat(new YesNo().parse("false")).contains(false);
        assertThat(new YesNo().parse("yes")).isEmpty();
    }
}
