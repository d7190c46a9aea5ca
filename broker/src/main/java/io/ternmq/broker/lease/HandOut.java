package io.ternmq.broker.lease;

import java.util.ArrayList;
import java.util.List;

/** The messages that one request gets, as they are chosen. Shard thread only. */
final class HandOut {
    private final int countMax;
    private final int bytesMax;
    private final List<Lease> leases = new ArrayList<>();
    private long bytes;
    private long popTimeMs;
    private boolean hasMore;

    /** @param popTimeMinMs the first time that may name these leases */
    HandOut(TakeMessages.Terms terms, long popTimeMinMs) {
        this.countMax = terms.countMax();
        this.bytesMax = terms.bytesMax();
        this.popTimeMs = popTimeMinMs;
    }

    boolean isFull() {
        return leases.size() >= countMax || bytes >= bytesMax;
    }

    boolean isEmpty() {
        return leases.isEmpty();
    }

    /** @return whether a message of that size may come with the others; the first one always may */
    boolean fits(int sizeBytes) {
        return leases.isEmpty() || bytes + sizeBytes <= bytesMax;
    }

    void add(Lease lease, int sizeBytes) {
        leases.add(lease);
        bytes += sizeBytes;
        popTimeMs = Math.max(popTimeMs, lease.popTimeMs() + 1);
    }

    /** The search stopped before everything was looked at. */
    void leaveRest() {
        hasMore = true;
    }

    boolean hasSeenAll() {
        return !hasMore;
    }

    List<Lease> leases() {
        return leases;
    }

    /** One time for all of them, later than any that a former holder of one of them knows it by. */
    long popTimeMs() {
        return popTimeMs;
    }
}
