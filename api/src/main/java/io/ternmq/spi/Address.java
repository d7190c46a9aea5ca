package io.ternmq.spi;

import java.util.Locale;

/**
 * Where a queue is.
 *
 * @param scheme which engine, in lower case
 * @param rest   what comes behind the scheme and its colon; the engine knows what it means
 */
public record Address(String scheme, String rest) {

    /**
     * Cuts an address in two.
     *
     * @param text such as {@code file:./data}
     * @return its parts
     * @throws IllegalArgumentException when there is no scheme
     */
    public static Address parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException(
                    "address: '" + text
                            + "' (expected: a scheme, a colon and a place, such as file:./data, mem: or tern://localhost:9876)");
        }
        return new Address(text.substring(0, colon).toLowerCase(Locale.ROOT), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return scheme + ':' + rest;
    }
}
