package io.ternmq.broker.lease;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * What becomes of messages of one queue that were handed out. The lists hold offsets.
 *
 * @param taken what was handed out
 * @param sent goes to the client, in this order
 * @param attempts how often each of those was handed out, with this time
 * @param done nobody shall get it: it is gone, damaged, or the request's filter refuses it
 * @param foreign is for those who take from another topic
 * @param exhausted was tried too often already
 * @param left had no room
 */
public record Delivery(
        TakenMessages taken,
        LongArrayList sent,
        IntArrayList attempts,
        LongArrayList done,
        List<Foreign> foreign,
        LongArrayList exhausted,
        LongArrayList left) {
    /** A message of another topic than the one that was asked for. */
    public record Foreign(long offset, String topic) {}

    /** @return nothing said yet */
    public static Delivery of(TakenMessages taken) {
        return new Delivery(
                taken,
                new LongArrayList(),
                new IntArrayList(),
                new LongArrayList(),
                new ArrayList<>(0),
                new LongArrayList(),
                new LongArrayList());
    }
}
