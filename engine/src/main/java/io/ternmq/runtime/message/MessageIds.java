package io.ternmq.runtime.message;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names messages. RocketMQ's tools read out of an id when its message was made, and look for it from then on; so it has the form that RocketMQ's own
 * clients give it, in hexadecimal digits:
 *
 * <pre>
 *   random, another one each month 10 bytes | milliseconds of the month (local time) u32 | counter u16
 * </pre>
 *
 * Time and counter are one number that only rises, so a clock that stands or goes back names nothing twice. Thread-safe.
 */
public final class MessageIds {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int COUNTER_BITS = 16;
    private static final int DIGITS = 12;

    private final InstantSource clock;
    private volatile Month month;

    /**
     * Names none yet.
     *
     * @param clock when messages are made
     */
    public MessageIds(InstantSource clock) {
        this.clock = clock;
        this.month = new Month(clock.instant());
    }

    public String next() {
        long nowMs = clock.millis();
        Month current = month;
        if (nowMs < current.startMs || nowMs >= current.endMs) {
            // Two threads may begin one each: these have other random digits.
            current = new Month(Instant.ofEpochMilli(nowMs));
            month = current;
        }
        return current.next(nowMs);
    }

    private static final class Month {

        private final long startMs;
        private final long endMs;
        private final String random =
                HEX.toHexDigits(ThreadLocalRandom.current().nextLong())
                        + HEX.toHexDigits((short) ThreadLocalRandom.current().nextInt());
        private final AtomicLong last = new AtomicLong();

        Month(Instant now) {
            ZonedDateTime start =
                    now.atZone(ZoneId.systemDefault()).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            this.startMs = start.toInstant().toEpochMilli();
            this.endMs = start.plusMonths(1).toInstant().toEpochMilli();
        }

        String next(long nowMs) {
            long earliest = (nowMs - startMs) << COUNTER_BITS;
            long timeAndCounter = last.updateAndGet(before -> Math.max(before + 1, earliest));
            return random.concat(HEX.toHexDigits(timeAndCounter, DIGITS));
        }
    }
}
