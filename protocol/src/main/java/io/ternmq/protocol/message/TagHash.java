package io.ternmq.protocol.message;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** The hash of a tag that clients send with a subscription and the queue index keeps: that of {@link String#hashCode}. */
public final class TagHash {
    private TagHash() {}

    /** @return the tag's hash; 0 when there is no tag */
    public static int of(@Nullable String tag) {
        return tag == null ? 0 : tag.hashCode();
    }

    /** Like {@link #of(String)}, of UTF-8 in a buffer; makes no String while the tag is ASCII. */
    public static int of(DirectBuffer buffer, int index, int length) {
        int hash = 0;
        for (int i = index; i < index + length; i++) {
            byte unit = buffer.getByte(i);
            if (unit < 0) {
                return of(Utf8.decode(buffer, index, length));
            }
            hash = 31 * hash + unit;
        }
        return hash;
    }
}
