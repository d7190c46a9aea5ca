package io.ternmq.protocol.remoting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The ext fields of one header: names and values as ranges of UTF-8 in one array, so that a field costs no object. Of
 * two fields with one name the later counts, as in the map that clients keep.
 */
final class HeaderFields {
    private static final int INTS_A_FIELD = 4;
    private static final int FIELD_COUNT_USUAL = 16;

    private final byte[] text;
    private final int countMax;
    /** For each field: begin and end of its name, begin and end of its value. */
    private int[] bounds = new int[FIELD_COUNT_USUAL * INTS_A_FIELD];

    private int count;

    HeaderFields(byte[] text, int countMax) {
        this.text = text;
        this.countMax = countMax;
    }

    void add(int nameBegin, int nameEnd, int valueBegin, int valueEnd) {
        if (count == countMax) {
            throw new MalformedFrameException("ext field count", "more than " + countMax, "at most " + countMax);
        }
        int at = count * INTS_A_FIELD;
        if (at == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * bounds.length);
        }
        bounds[at] = nameBegin;
        bounds[at + 1] = nameEnd;
        bounds[at + 2] = valueBegin;
        bounds[at + 3] = valueEnd;
        count++;
    }

    int count() {
        return count;
    }

    byte[] text() {
        return text;
    }

    int nameBegin(int field) {
        return bounds[field * INTS_A_FIELD];
    }

    int nameEnd(int field) {
        return bounds[field * INTS_A_FIELD + 1];
    }

    int valueBegin(int field) {
        return bounds[field * INTS_A_FIELD + 2];
    }

    int valueEnd(int field) {
        return bounds[field * INTS_A_FIELD + 3];
    }

    /** @return the field's number, -1 when there is none */
    int find(String asciiName) {
        for (int field = count - 1; field >= 0; field--) {
            if (nameIs(field, asciiName)) {
                return field;
            }
        }
        return -1;
    }

    String name(int field) {
        return string(nameBegin(field), nameEnd(field));
    }

    String value(int field) {
        return string(valueBegin(field), valueEnd(field));
    }

    private boolean nameIs(int field, String asciiName) {
        int begin = nameBegin(field);
        if (nameEnd(field) - begin != asciiName.length()) {
            return false;
        }
        for (int i = 0; i < asciiName.length(); i++) {
            if (text[begin + i] != asciiName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private String string(int begin, int end) {
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }
}
