package io.ternmq.broker.filter;

import io.ternmq.protocol.message.PropertyScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the properties that a filter names lie in one message: found by one walk over the message's properties, whatever
 * the filter asks. For one thread; used again for the next message.
 */
final class PropertyValues {
    private static final int MISSING = -1;
    private static final int DECIMAL_CHARS_MAX = 64;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);

    private final PropertyScanner scanner = new PropertyScanner();
    private final String[] names;
    private final int[] begins;
    private final int[] lengths;
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private long whole;

    /** @param names by slot; ASCII, each once */
    PropertyValues(List<String> names) {
        this.names = names.toArray(String[]::new);
        this.begins = new int[this.names.length];
        this.lengths = new int[this.names.length];
    }

    /** Takes the properties that lie there. Of two with one name the later counts. */
    void load(DirectBuffer newBuffer, int index, int length) {
        buffer = newBuffer;
        Arrays.fill(begins, MISSING);
        scanner.wrap(newBuffer, index, length);
        while (scanner.next()) {
            for (int slot = 0; slot < names.length; slot++) {
                if (scanner.nameIs(names[slot])) {
                    begins[slot] = scanner.valueIndex();
                    lengths[slot] = scanner.valueLength();
                    break;
                }
            }
        }
    }

    boolean isMissing(int slot) {
        return begins[slot] == MISSING;
    }

    String text(int slot) {
        byte[] bytes = new byte[lengths[slot]];
        buffer.getBytes(begins[slot], bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    boolean isText(int slot, byte[] text) {
        if (lengths[slot] != text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (buffer.getByte(begins[slot] + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    boolean areEqual(int slot, int otherSlot) {
        if (lengths[slot] != lengths[otherSlot]) {
            return false;
        }
        for (int i = 0; i < lengths[slot]; i++) {
            if (buffer.getByte(begins[slot] + i) != buffer.getByte(begins[otherSlot] + i)) {
                return false;
            }
        }
        return true;
    }

    boolean isTrueWord(int slot) {
        if (lengths[slot] != TRUE.length) {
            return false;
        }
        for (int i = 0; i < TRUE.length; i++) {
            if ((buffer.getByte(begins[slot] + i) | 0x20) != TRUE[i]) {
                return false;
            }
        }
        return true;
    }

    boolean has(int slot, TextTest.Place place, TextSearch search) {
        int begin = begins[slot];
        int length = lengths[slot];
        return switch (place) {
            case ANYWHERE -> search.isIn(buffer, begin, length);
            case BEGIN -> search.isAtBegin(buffer, begin, length);
            case END -> search.isAtEnd(buffer, begin, length);
        };
    }

    /** Reads digits, with or without a sign, into {@link #whole}. @return false when there is anything else, or too much */
    boolean readWhole(int slot) {
        int index = begins[slot];
        int end = index + lengths[slot];
        byte sign = buffer.getByte(index);
        if (sign == '-' || sign == '+') {
            index++;
        }
        long negative = 0; // has room for the smallest number there is
        boolean sound = index < end;
        while (sound && index < end) {
            int digit = buffer.getByte(index++) - '0';
            sound = digit >= 0 && digit <= 9 && negative >= (Long.MIN_VALUE + digit) / 10;
            negative = negative * 10 - digit;
        }
        whole = sign == '-' ? negative : -negative;
        return sound && (sign == '-' || negative != Long.MIN_VALUE);
    }

    /** @return what {@link #readWhole} read last */
    long whole() {
        return whole;
    }

    /** @return the number that the property is; NaN when it is none */
    double decimal(int slot) {
        if (lengths[slot] > DECIMAL_CHARS_MAX) {
            return Double.NaN;
        }
        for (int i = 0; i < lengths[slot]; i++) {
            int c = buffer.getByte(begins[slot] + i);
            boolean sound = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
            if (!sound) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text(slot));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
