package io.ternmq.protocol.remoting;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the Strings of names that come again and again (topics, groups, brokers), so that bytes become a String
 * once. Bounded: a slot holds one name, a newcomer replaces it. Any thread: an entry never changes, and a lost update only costs a
 * String more.
 */
public final class NameCache {
    private static final int SLOT_COUNT = 1024;
    private static final int NAME_BYTES_MAX = 255;

    private final @Nullable Entry[] slots = new @Nullable Entry[SLOT_COUNT];

    String string(byte[] text, int begin, int end) {
        if (end - begin > NAME_BYTES_MAX) {
            return new String(text, begin, end - begin, StandardCharsets.UTF_8);
        }
        int slot = slot(text, begin, end);
        Entry entry = slots[slot];
        if (entry == null || !Arrays.equals(entry.utf8, 0, entry.utf8.length, text, begin, end)) {
            entry = new Entry(Arrays.copyOfRange(text, begin, end));
            slots[slot] = entry;
        }
        return entry.string;
    }

    private static int slot(byte[] text, int begin, int end) {
        int hash = 1;
        for (int i = begin; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        return (hash ^ (hash >>> 16)) & (SLOT_COUNT - 1);
    }

    private static final class Entry {
        final byte[] utf8;
        final String string;

        Entry(byte[] utf8) {
            this.utf8 = utf8;
            this.string = new String(utf8, StandardCharsets.UTF_8);
        }
    }
}
