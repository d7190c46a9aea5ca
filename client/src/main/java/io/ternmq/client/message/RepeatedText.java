package io.ternmq.client.message;

import org.agrona.DirectBuffer;

/** A text that is the same in message after message as a rule, so that it need not be made again. For one thread. */
final class RepeatedText {

    private String text = "";

    /** @return what stands there in UTF-8 */
    String read(DirectBuffer buffer, int index, int length) {
        if (!isThere(buffer, index, length)) {
            text = buffer.getStringWithoutLengthUtf8(index, length);
        }
        return text;
    }

    /** A text that is not ASCII is not recognized: its bytes are no characters. */
    private boolean isThere(DirectBuffer buffer, int index, int length) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(index + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
