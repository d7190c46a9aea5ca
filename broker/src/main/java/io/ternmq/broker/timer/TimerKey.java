package io.ternmq.broker.timer;

import io.ternmq.broker.state.TimerSlots;
import io.ternmq.protocol.message.KeyHash;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Objects;

/**
 * What names a timer for its sender.
 *
 * @param topic where it will be delivered
 * @param uniqueKey given by its producer; empty where it gave none
 * @param dueMs when it is due, in milliseconds since 1970
 */
public record TimerKey(String topic, String uniqueKey, long dueMs) {
    /** The queue index keeps 32 bits about a message. Of a timer: ten for the millisecond in its second, the rest for its key. */
    private static final int HASH_BITS = 22;

    private static final int HASH_MASK = (1 << HASH_BITS) - 1;

    /** @return the key of a stored timer */
    static TimerKey of(MessageRecord record) {
        return new TimerKey(
                Objects.requireNonNullElse(record.property(PropertyNames.REAL_TOPIC), ""),
                Objects.requireNonNullElse(record.property(PropertyNames.UNIQUE_KEY), ""),
                TimerRule.stored(record.property(PropertyNames.TIMER_OUT_MS), 0));
    }

    /** @return what the index keeps about it */
    int tagHash(long placedMs) {
        return (int) (placedMs % TimerSlots.SECOND_MS) << HASH_BITS | hash();
    }

    /** @return whether both may be of one key, whatever their milliseconds */
    static boolean isSameKey(int tagHash, int otherTagHash) {
        return ((tagHash ^ otherTagHash) & HASH_MASK) == 0;
    }

    /** @return the millisecond in its second */
    static int millisOf(int tagHash) {
        return tagHash >>> HASH_BITS;
    }

    private int hash() {
        return (int) KeyHash.of(topic, uniqueKey) & HASH_MASK;
    }
}
