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
import org.jspecify.annotations.Nullable;

/**
 * Reads what decides who gets a message and when: by which key it is ordered (its sharding key, or the empty key that all others
 * share), in which lane it is, and of which topic it came back. A key is known by 64 bits of hash; two keys that share them
 * wait for each other, which costs time and no order. Shard thread only.
 */
final class Routing {
    /** So many are read at once at most. */
    static final int COUNT_MAX = 32;

    private static final int BYTES_MAX = 512 * 1024;

    private final CommitLog log;
    private final ReadScratch scratch = new ReadScratch();
    private final MessageRecord record = new MessageRecord();
    private final long[] keys = new long[COUNT_MAX];
    private final String[] lanes = new String[COUNT_MAX];
    private final @Nullable String[] homes = new @Nullable String[COUNT_MAX];
    private final boolean[] known = new boolean[COUNT_MAX];

    Routing(CommitLog log) {
        this.log = log;
    }

    /** Reads the keys of messages from an offset on. @return up to how many of them is known now what there is to know */
    int readKeys(int queueNo, long fromOffset, int count) {
        return read(queueNo, fromOffset, count, false);
    }

    /** Reads lanes and where the messages came back from, too. @return as {@link #readKeys} */
    int readAll(int queueNo, long fromOffset, int count) {
        return read(queueNo, fromOffset, count, true);
    }

    private int read(int queueNo, long fromOffset, int count, boolean withLanes) {
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
                            keep((int) (offset - fromOffset), record.wrap(buffer, index, length), withLanes);
                            return true;
                        },
                        scratch);
        return (int) Math.min(count, result.nextOffset() - fromOffset);
    }

    private void keep(int i, MessageRecord message, boolean withLanes) {
        keys[i] = keyOf(message);
        if (withLanes) {
            String lane = find(message, PropertyNames.LANE);
            lanes[i] = lane == null ? "" : lane;
            homes[i] = find(message, PropertyNames.RETRY_TOPIC);
        }
        known[i] = true;
    }

    /** @return whether the i-th of those that were read is there and good */
    boolean isKnown(int i) {
        return known[i];
    }

    /** @return the key of the i-th */
    long key(int i) {
        return keys[i];
    }

    /** @return the lane of the i-th, empty for none; after {@link #readAll} */
    String lane(int i) {
        return lanes[i];
    }

    /** @return the topic that the i-th came back from, where it has been sent back; after {@link #readAll} */
    @Nullable
    String home(int i) {
        return homes[i];
    }

    private static long keyOf(MessageRecord record) {
        String key = find(record, PropertyNames.SHARDING_KEY);
        long hash = 1_125_899_906_842_597L;
        for (int i = 0; key != null && i < key.length(); i++) {
            hash = 31 * hash + key.charAt(i);
        }
        return hash;
    }

    private static @Nullable String find(MessageRecord record, String name) {
        return MessageProperties.find(record.buffer(), record.propertiesIndex(), record.propertiesLength(), name);
    }
}
