package io.ternmq.runtime.message;

import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names messages: 32 hexadecimal digits, of which the first 16 are random for this process and the others count from a random
 * number. Thread-safe.
 */
public final class MessageIds {

    private static final int DIGITS = 32;

    private final String prefix = HexFormat.of()
            .withUpperCase()
            .toHexDigits(ThreadLocalRandom.current().nextLong());
    private final AtomicLong next = new AtomicLong(ThreadLocalRandom.current().nextLong());

    public String next() {
        StringBuilder id = new StringBuilder(DIGITS).append(prefix);
        long number = next.getAndIncrement();
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            id.append(Character.forDigit((int) (number >>> shift) & 0xF, 16));
        }
        return id.toString().toUpperCase(Locale.ROOT);
    }
}
