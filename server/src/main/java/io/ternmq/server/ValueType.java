package io.ternmq.server;

import java.util.Optional;

/**
 * How the text of a setting becomes a value.
 *
 * @param <T> what the program works with
 */
public interface ValueType<T> {

    /**
     * Reads one value.
     *
     * @param text as it stands in a file or on the command line, without blanks around it
     * @return the value; empty when the text is not {@linkplain #expectation() what is expected}
     */
    Optional<T> parse(String text);

    /**
     * Completes the sentence "expected: …".
     *
     * @return kind, unit and range in a few words
     */
    String expectation();
}
