package io.ternmq.broker.record;

/**
 * A half message that nobody has decided on: stored, and seen by no consumer until its producer says commit.
 *
 * @param id the position at which it was stored first; its producers name it by that for life
 * @param offset its number in the queue of half messages when it was stored first
 * @param position where it lies now
 * @param producerGroup whose members are asked what became of it
 * @param checks how often they were asked
 * @param nextCheckMs when they are asked next, in milliseconds since 1970
 */
public record HalfMessage(long id, long offset, long position, String producerGroup, int checks, long nextCheckMs) {
    /** @return it, asked so often and to be asked again then */
    public HalfMessage checked(int newChecks, long newNextCheckMs) {
        return new HalfMessage(id, offset, position, producerGroup, newChecks, newNextCheckMs);
    }

    /** @return it, lying there */
    public HalfMessage movedTo(long newPosition) {
        return new HalfMessage(id, offset, newPosition, producerGroup, checks, nextCheckMs);
    }

    void encode(RecordOutput out) {
        out.longValue(id)
                .longValue(offset)
                .longValue(position)
                .string(producerGroup)
                .intValue(checks)
                .longValue(nextCheckMs);
    }

    static HalfMessage decode(RecordInput in) {
        return new HalfMessage(
                in.longValue(), in.longValue(), in.longValue(), in.string(), in.intValue(), in.longValue());
    }
}
