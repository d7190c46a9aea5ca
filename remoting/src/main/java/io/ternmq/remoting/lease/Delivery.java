package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.TakenMessages;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * What becomes of messages of one queue that were handed out. The lists hold offsets.
 *
 * @param taken what was handed out
 * @param sent goes to the client, in this order
 * @param attempts how often each of those was handed out, with this time
 * @param done nobody shall get it: it is gone, damaged, or the request's filter refuses it
 * @param postponed is for somebody else
 * @param left had no room
 */
record Delivery(
        TakenMessages taken,
        LongArrayList sent,
        IntArrayList attempts,
        LongArrayList done,
        LongArrayList postponed,
        LongArrayList left) {
    static Delivery of(TakenMessages taken) {
        return new Delivery(
                taken,
                new LongArrayList(),
                new IntArrayList(),
                new LongArrayList(),
                new LongArrayList(),
                new LongArrayList());
    }
}
