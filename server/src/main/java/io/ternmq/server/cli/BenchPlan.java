package io.ternmq.server.cli;

import io.ternmq.server.client.GroupMember;

/**
 * What a bench does.
 *
 * @param wish          topic and group
 * @param threadCount   senders, each with a connection of its own
 * @param sizeBytes     of a body
 * @param seconds       how long it is measured
 * @param warmUpSeconds how long it runs before
 * @param inFlight      sends under way for each thread
 * @param rate          messages a second of all threads together; 0 for as many as go
 * @param consume       whether the messages are consumed too
 */
record BenchPlan(
        GroupMember.Wish wish,
        int threadCount,
        int sizeBytes,
        int seconds,
        int warmUpSeconds,
        int inFlight,
        int rate,
        boolean consume) {

    /** The time of the send stands at the beginning of each body. */
    static final int STAMP_BYTES = Long.BYTES;

    /** Time between two messages of one thread; 0 for none. */
    long gapNs() {
        return rate == 0 ? 0 : 1_000_000_000L * threadCount / rate;
    }
}
