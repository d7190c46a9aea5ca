package io.ternmq.broker.command;

import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By what a compacted topic tells its messages apart: all of the property KEYS, as it stands, within one queue. So that the
 * versions of a key are found without reading the queue, each message gets one more entry in the key index.
 */
public final class CompactionKey {
    private CompactionKey() {}

    /** @return the record's key, or null when it has none but blanks */
    public static @Nullable String of(MessageRecord record) {
        String keys = record.property(PropertyNames.KEYS);
        return keys == null || keys.isBlank() ? null : keys;
    }

    /** @return the hash under which the key index finds the versions of a key in a queue. No topic's name holds a colon */
    public static long hash(int queueNo, String key) {
        return KeyHash.of(":" + queueNo, key);
    }

    /** @return the hashes and one more */
    public static long[] with(long[] keyHashes, long added) {
        long[] all = Arrays.copyOf(keyHashes, keyHashes.length + 1);
        all[keyHashes.length] = added;
        return all;
    }
}
