package io.ternmq.broker.lease;

import io.ternmq.log.CommitLog;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import java.util.Arrays;

/**
 * Reads by which key messages are ordered: their sharding key, or the empty key that all others share. A key is known by
 * 64 bits of hash; two keys that share them wait for each other, which costs time and no order. Shard thread only.
 */
final class OrderingKeys {
    /** So many are read at once at most. */
    static final int COUNT_MAX = 32;

    private static final int BYTES_MAX = 512 * 1024;

    private final CommitLog log;
    private final ReadScratch scratch = new ReadScratch();
    private final MessageRecord record = new MessageRecord();
    private final long[] keys = new long[COUNT_MAX];
    private final boolean[] known = new boolean[COUNT_MAX];

    OrderingKeys(CommitLog log) {
        this.log = log;
    }

    /** Reads the keys of messages from an offset on. @return up to how many of them is known now what there is to know */
    int read(int queueNo, long fromOffset, int count) {
        Arrays.fill(known, false);
        ReadResult result = log.reader()
                .read(
                        queueNo,
                        fromOffset,
                        new ReadLimits(count, BYTES_MAX, count),
                        TagFilter.ALL,
                        (buffer, index, length, offset) -> {
                            if (offset - fromOffset >= count) {
                                return false; // behind a gap in the queue: none of those asked for
                            }
                            int i = (int) (offset - fromOffset);
                            keys[i] = keyOf(record.wrap(buffer, index, length));
                            known[i] = true;
                            return true;
                        },
                        scratch);
        return (int) Math.min(count, result.nextOffset() - fromOffset);
    }

    /** @return whether the i-th of those that were read is there and good */
    boolean isKnown(int i) {
        return known[i];
    }

    /** @return the key of the i-th */
    long key(int i) {
        return keys[i];
    }

    private static long keyOf(MessageRecord record) {
        String key = MessageProperties.find(
                record.buffer(), record.propertiesIndex(), record.propertiesLength(), PropertyNames.SHARDING_KEY);
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; key != null && i < key.length(); i++) {
            hash = 31 * hash + key.charAt(i);
        }
        return hash;
    }
}
