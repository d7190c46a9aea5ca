package io.ternmq.broker.timer;

import io.ternmq.log.LogReader;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.KeyIndex;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.collections.LongArrayList;

/** Says of timers that do not wait whether they were delivered. Any thread of ours. */
public final class DeliveredTimers {
    private static final int CANDIDATES_MAX = 256;

    private final KeyIndex keys;
    private final LogReader reader;

    /** Looks in the index of messages' keys. */
    public DeliveredTimers(KeyIndex keys, LogReader reader) {
        this.keys = keys;
        this.reader = reader;
    }

    /** @return whether the log has a delivered message of that key and time */
    public boolean contains(TimerKey key, ReadScratch scratch) {
        LongArrayList positions = new LongArrayList();
        try {
            keys.find(KeyHash.of(key.topic(), key.uniqueKey()), 0, Long.MAX_VALUE, CANDIDATES_MAX, positions);
        } catch (IOException e) {
            throw new UncheckedIOException("key index: a query failed", e);
        }
        MessageRecord record = new MessageRecord();
        boolean[] found = {false};
        for (int i = 0; i < positions.size() && !found[0]; i++) {
            reader.readAt(
                    positions.getLong(i),
                    (buffer, index, length, offset) -> {
                        record.wrap(buffer, index, length);
                        found[0] = record.topic().equals(key.topic())
                                && key.uniqueKey().equals(record.property(PropertyNames.UNIQUE_KEY))
                                && TimerRule.stored(record.property(PropertyNames.TIMER_OUT_MS), -1) == key.dueMs();
                        return true;
                    },
                    scratch);
        }
        return found[0];
    }
}
