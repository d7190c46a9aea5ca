package io.ternmq.protocol.remoting;

/** Appends text as UTF-8 to an array that is known to have room. */
final class TextArea {
    private final byte[] bytes;
    private int end;

    TextArea(byte[] bytes) {
        this.bytes = bytes;
    }

    int end() {
        return end;
    }

    void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[end++] = (byte) c;
            } else {
                i += appendWide(c, i + 1 < text.length() ? text.charAt(i + 1) : 0);
            }
        }
    }

    void append(char[] text, int offset, int length) {
        int textEnd = offset + length;
        int at = end;
        int i = offset;
        while (i < textEnd && text[i] < 0x80) {
            bytes[at++] = (byte) text[i++];
        }
        end = at;
        while (i < textEnd) {
            char c = text[i++];
            if (c < 0x80) {
                bytes[end++] = (byte) c;
            } else {
                i += appendWide(c, i < textEnd ? text[i] : 0);
            }
        }
    }

    /** Writes one character beyond ASCII. @return 1 when {@code following} was its second half */
    private int appendWide(char c, int following) {
        if (c < 0x800) {
            bytes[end++] = (byte) (0xC0 | (c >> 6));
            appendSixBits(c);
            return 0;
        }
        if (!Character.isSurrogate(c)) {
            bytes[end++] = (byte) (0xE0 | (c >> 12));
            appendSixBits(c >> 6);
            appendSixBits(c);
            return 0;
        }
        if (!Character.isHighSurrogate(c) || !Character.isLowSurrogate((char) following)) {
            bytes[end++] = '?';
            return 0;
        }
        int codePoint = Character.toCodePoint(c, (char) following);
        bytes[end++] = (byte) (0xF0 | (codePoint >> 18));
        appendSixBits(codePoint >> 12);
        appendSixBits(codePoint >> 6);
        appendSixBits(codePoint);
        return 1;
    }

    private void appendSixBits(int bits) {
        bytes[end++] = (byte) (0x80 | (bits & 0x3F));
    }
}
