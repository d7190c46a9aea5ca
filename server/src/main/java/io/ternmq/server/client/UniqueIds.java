package io.ternmq.server.client;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.EpochClock;

/**
 * Gives messages their unique key. Tools read the time out of it, so it has RocketMQ's form, in hex:
 *
 * <pre>
 *   who 10 bytes | milliseconds of the month (local time) u32 | counter u16
 * </pre>
 *
 * For any thread.
 */
final class UniqueIds {

    private final EpochClock clock;
    private final String who;
    private final AtomicInteger counter = new AtomicInteger();

    UniqueIds(EpochClock clock) {
        this.clock = clock;
        ThreadLocalRandom random = ThreadLocalRandom.current();
        this.who = String.format("%016X%04X", random.nextLong(), random.nextInt(1 << 16));
    }

    String next() {
        Instant now = Instant.ofEpochMilli(clock.time());
        ZonedDateTime local = now.atZone(ZoneId.systemDefault());
        ZonedDateTime month = local.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
        int ofMonthMs = (int) ChronoUnit.MILLIS.between(month, local);
        return who + String.format("%08X%04X", ofMonthMs, counter.getAndIncrement() & 0xFFFF);
    }
}
