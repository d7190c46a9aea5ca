package io.ternmq.broker.filter;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Looks for a text in bytes, in time that grows with the bytes alone and never with their product with the text (the
 * algorithm of Knuth, Morris and Pratt): both come from outside. Immutable.
 */
final class TextSearch {
    private final byte[] text;
    private final int[] fallbacks;

    TextSearch(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.fallbacks = fallbacks(this.text);
    }

    boolean isEmpty() {
        return text.length == 0;
    }

    /** @return whether the bytes begin with the text */
    boolean isAtBegin(DirectBuffer buffer, int index, int length) {
        return length >= text.length && isAt(buffer, index);
    }

    /** @return whether the bytes end with the text */
    boolean isAtEnd(DirectBuffer buffer, int index, int length) {
        return length >= text.length && isAt(buffer, index + length - text.length);
    }

    /** @return whether the text, which is not empty, is among the bytes */
    boolean isIn(DirectBuffer buffer, int index, int length) {
        int matched = 0;
        for (int i = index; i < index + length; i++) {
            byte next = buffer.getByte(i);
            while (matched > 0 && text[matched] != next) {
                matched = fallbacks[matched - 1];
            }
            if (text[matched] == next) {
                matched++;
            }
            if (matched == text.length) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(DirectBuffer buffer, int index) {
        for (int i = 0; i < text.length; i++) {
            if (buffer.getByte(index + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** For each place in the text: how many of the bytes up to there are also its beginning. */
    private static int[] fallbacks(byte[] text) {
        int[] fallbacks = new int[text.length];
        int matched = 0;
        for (int i = 1; i < text.length; i++) {
            while (matched > 0 && text[matched] != text[i]) {
                matched = fallbacks[matched - 1];
            }
            if (text[matched] == text[i]) {
                matched++;
            }
            fallbacks[i] = matched;
        }
        return fallbacks;
    }
}
