package io.ternmq.runtime.message;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names messages: 32 hexadecimal digits, of which the first 16 are random for this process and the others count from a random
 * number. Thread-safe.
 */
public final class MessageIds {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String prefix = HEX.toHexDigits(ThreadLocalRandom.current().nextLong());
    private final AtomicLong next = new AtomicLong(ThreadLocalRandom.current().nextLong());

    public String next() {
        return prefix.concat(HEX.toHexDigits(next.getAndIncrement()));
    }
}
