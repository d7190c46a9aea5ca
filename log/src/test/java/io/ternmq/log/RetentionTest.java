package io.ternmq.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RetentionTest {

    private final LogFixture fixture = new LogFixture(1).open();

    @Test
    void aFlippedBitInAnEntrysTimeDoesNotMakeYoungMessagesOld() {
        for (long i = 0; i < 60; i++) {
            fixture.send(0, i, 1000);
        }
        fixture.checkpoint();
        fixture.send(0, 60, 1000);
        fixture.checkpoint();
        String second = fixture.disk.paths().stream()
                .filter(path -> path.startsWith("log/"))
                .skip(1)
                .findFirst()
                .orElseThrow();
        fixture.disk.flipBit(second, EntryLayout.TIME + 2, 0);
        assertThat(fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE))
                .as("where the log begins")
                .isZero();
        fixture.clock.advance(61_000);
        assertThat(fixture.log.retentionPosition(fixture.clock.time(), Long.MAX_VALUE))
                .isPositive();
    }
}
