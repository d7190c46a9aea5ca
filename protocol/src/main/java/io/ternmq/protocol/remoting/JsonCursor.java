package io.ternmq.protocol.remoting;

/**
 * Goes over JSON in an array, and decodes texts where they stand: an escape is never shorter than what it means. Lenient where it harms
 * nothing (control characters in texts, the grammar of numbers, UTF-8 is not checked), as the parsers are that clients are used to.
 */
final class JsonCursor {
    private static final int DEPTH_MAX = 16;
    private static final int ESCAPED_UNIT_LENGTH = 4;

    private final byte[] bytes;
    private int at;
    private int textBegin;
    private int textEnd;
    private boolean quoted;

    JsonCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Where the last text or other scalar begins. */
    int textBegin() {
        return textBegin;
    }

    int textEnd() {
        return textEnd;
    }

    /** @return whether the last scalar stood in quotes */
    boolean isQuoted() {
        return quoted;
    }

    /** @return whether the last scalar is {@code null} */
    boolean isNull() {
        return !quoted && bytes[textBegin] == 'n';
    }

    /** @return whether the last text is this one */
    boolean textIs(String ascii) {
        if (textEnd - textBegin != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[textBegin + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Skips white space. @return the byte that follows, 0 at the end */
    byte peek() {
        while (at < bytes.length) {
            byte b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b;
            }
            at++;
        }
        return 0;
    }

    /** @return whether {@code expected} came, and was passed */
    boolean accept(char expected) {
        if (peek() != expected) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char expected) {
        if (!accept(expected)) {
            throw malformed("'" + expected + "'");
        }
    }

    void expectEnd() {
        peek();
        if (at < bytes.length) {
            throw malformed("the end");
        }
    }

    /** Reads a text in quotes. */
    void readText() {
        expect('"');
        quoted = true;
        textBegin = at;
        for (int i = at; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"') {
                textEnd = i;
                at = i + 1;
                return;
            }
            if (b == '\\') {
                at = i;
                decodeRest();
                return;
            }
        }
        throw malformed("a closing quote");
    }

    /** Reads a text, number, boolean or null. */
    void readScalar() {
        if (peek() == '"') {
            readText();
            return;
        }
        quoted = false;
        textBegin = at;
        while (at < bytes.length && isOfBareScalar(bytes[at])) {
            at++;
        }
        textEnd = at;
        boolean isNumber = textBegin < textEnd && (bytes[textBegin] == '-' || isDigit(bytes[textBegin]));
        if (!isNumber && !textIs("true") && !textIs("false") && !textIs("null")) {
            at = textBegin;
            throw malformed("a text, number, boolean or null");
        }
    }

    /** Passes a value of any kind. */
    void skipValue() {
        skipValue(0);
    }

    private void skipValue(int depth) {
        if (depth == DEPTH_MAX) {
            throw malformed("at most " + DEPTH_MAX + " levels");
        }
        if (accept('{')) {
            if (!accept('}')) {
                do {
                    readText();
                    expect(':');
                    skipValue(depth + 1);
                } while (accept(','));
                expect('}');
            }
        } else if (accept('[')) {
            if (!accept(']')) {
                do {
                    skipValue(depth + 1);
                } while (accept(','));
                expect(']');
            }
        } else {
            readScalar();
        }
    }

    /** Decodes from the first escape on, into its place. */
    private void decodeRest() {
        int to = at;
        while (at < bytes.length) {
            byte b = bytes[at++];
            if (b == '"') {
                textEnd = to;
                return;
            }
            if (b == '\\') {
                to = decodeEscape(to);
            } else {
                bytes[to++] = b;
            }
        }
        throw malformed("a closing quote");
    }

    private int decodeEscape(int to) {
        byte kind = at < bytes.length ? bytes[at++] : 0;
        if (kind == 'u') {
            return Utf8Bytes.put(bytes, to, readCodePoint());
        }
        bytes[to] = switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw malformed("an escape");
        };
        return to + 1;
    }

    private int readCodePoint() {
        char unit = readUnit();
        if (Character.isHighSurrogate(unit) && at + 1 < bytes.length && bytes[at] == '\\' && bytes[at + 1] == 'u') {
            int afterFirst = at;
            at += 2;
            char second = readUnit();
            if (Character.isLowSurrogate(second)) {
                return Character.toCodePoint(unit, second);
            }
            at = afterFirst;
        }
        return unit;
    }

    private char readUnit() {
        if (bytes.length - at < ESCAPED_UNIT_LENGTH) {
            throw malformed("four hexadecimal digits");
        }
        int unit = 0;
        for (int i = 0; i < ESCAPED_UNIT_LENGTH; i++) {
            byte b = bytes[at];
            int digit = b < 0 ? -1 : Character.digit(b, 16);
            if (digit < 0) {
                throw malformed("four hexadecimal digits");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private static boolean isOfBareScalar(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'z') || b == 'E' || b == '-' || b == '+' || b == '.';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    MalformedFrameException malformed(String expectation) {
        String found = at < bytes.length ? "byte " + at + " is " + (bytes[at] & 0xFF) : "ends at byte " + at;
        return new MalformedFrameException("JSON header", found, expectation);
    }
}
