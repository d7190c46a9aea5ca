package io.ternmq.broker.lease;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was handed out to requests that gave themselves a name, for a while: who never got the answer asks under the same name
 * again, and gets the same messages instead of others while these wait for their deadline. Shard thread only.
 */
final class Attempts {
    /** So many leases are known at most, of all requests together; beyond it the oldest requests are forgotten. */
    static final int LEASES_MAX = 16_384;
    /** So long each is known: clients give an answer up before. */
    static final long KNOWN_MS = 60_000;

    /** The oldest first. */
    private final Map<Attempt, HandedOut> byAttempt = new LinkedHashMap<>();

    private int leaseCount;

    /** A request by its own name, which means something only among those of a group that take from a topic. */
    record Attempt(String group, String topic, String id) {}

    private record HandedOut(List<Lease> leases, long popTimeMs, long atMs) {}

    /** @param leases what the request got, all with that pop time */
    void remember(Attempt attempt, List<Lease> leases, long popTimeMs, long nowMs) {
        HandedOut unused = forget(attempt);
        byAttempt.put(attempt, new HandedOut(List.copyOf(leases), popTimeMs, nowMs));
        leaseCount += leases.size();
        forgetOldest(nowMs);
    }

    /** What the request got the last time comes back, as far as nothing was said about it since: that was no attempt. */
    void takeBack(Attempt attempt, long nowMs) {
        HandedOut handedOut = forget(attempt);
        if (handedOut == null || isOld(handedOut, nowMs)) {
            return;
        }
        for (Lease lease : handedOut.leases()) {
            if (lease.place() == Lease.Place.HELD && lease.popTimeMs() == handedOut.popTimeMs()) {
                lease.queue().comesBack(lease);
            }
        }
    }

    /** Forgets what is known for long enough, and what is too much. */
    void forgetOldest(long nowMs) {
        Iterator<HandedOut> oldestFirst = byAttempt.values().iterator();
        while (oldestFirst.hasNext()) {
            HandedOut oldest = oldestFirst.next();
            if (leaseCount <= LEASES_MAX && !isOld(oldest, nowMs)) {
                return;
            }
            oldestFirst.remove();
            leaseCount -= oldest.leases().size();
        }
    }

    /** @return how many leases are known */
    int leaseCount() {
        return leaseCount;
    }

    private @Nullable HandedOut forget(Attempt attempt) {
        HandedOut known = byAttempt.remove(attempt);
        if (known != null) {
            leaseCount -= known.leases().size();
        }
        return known;
    }

    private static boolean isOld(HandedOut handedOut, long nowMs) {
        return nowMs - handedOut.atMs() > KNOWN_MS;
    }
}
