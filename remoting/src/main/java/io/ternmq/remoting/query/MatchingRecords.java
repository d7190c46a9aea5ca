package io.ternmq.remoting.query;

import io.ternmq.log.RecordSink;
import io.ternmq.protocol.message.MessageRecord;
import io.ternmq.protocol.message.PropertyNames;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Lets pass what really has the key: different keys may have one hash. */
final class MatchingRecords implements RecordSink {
    private final KeyQuery query;
    private final RecordSink next;
    private final MessageRecord record = new MessageRecord();
    private int found;
    private boolean full;

    MatchingRecords(KeyQuery query, RecordSink next) {
        this.query = query;
        this.next = next;
    }

    boolean wantsMore() {
        return found < query.countMax() && !full;
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        record.wrap(buffer, index, length);
        if (record.topic().equals(query.topic()) && hasKey()) {
            full = !next.accept(buffer, index, length, offset);
            found++;
        }
        return true;
    }

    private boolean hasKey() {
        return query.key().equals(record.property(PropertyNames.UNIQUE_KEY))
                || isOneOf(record.property(PropertyNames.KEYS));
    }

    private boolean isOneOf(@Nullable String keys) {
        if (keys == null) {
            return false;
        }
        for (int from = 0; from <= keys.length(); ) {
            int separator = keys.indexOf(PropertyNames.KEY_SEPARATOR, from);
            int to = separator < 0 ? keys.length() : separator;
            if (keys.regionMatches(from, query.key(), 0, query.key().length())
                    && to - from == query.key().length()) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }
}
