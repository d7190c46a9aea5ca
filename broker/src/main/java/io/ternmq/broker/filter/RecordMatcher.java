package io.ternmq.broker.filter;

import io.ternmq.broker.filter.Operand.Condition;
import io.ternmq.protocol.message.MessageRecord;
import org.agrona.DirectBuffer;

/** Looks at message records one after the other, where they lie. For one thread. */
public final class RecordMatcher {
    private final MessageRecord record = new MessageRecord();
    private final Condition condition;
    private final PropertyValues values;

    RecordMatcher(Condition condition, PropertyValues values) {
        this.condition = condition;
        this.values = values;
    }

    /** @return whether the message, whose record is sound, meets the expression */
    public boolean matches(DirectBuffer buffer, int index, int length) {
        record.wrap(buffer, index, length);
        return matchesProperties(buffer, record.propertiesIndex(), record.propertiesLength());
    }

    /** @return whether a message with the properties that lie there meets the expression */
    boolean matchesProperties(DirectBuffer buffer, int index, int length) {
        values.load(buffer, index, length);
        return condition.of(values) == Truth.TRUE;
    }
}
