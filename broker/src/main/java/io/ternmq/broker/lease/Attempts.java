package io.ternmq.broker.lease;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was handed out to requests that gave themselves a name, for a while: who never got the answer asks under the same name
 * again, and gets the same messages instead of others while these wait for their deadline. Shard thread only.
 */
final class Attempts {
    /** So many of the last are known at most. */
    static final int COUNT_MAX = 1_024;
    /** So long each is known: clients give an answer up before. */
    static final long KNOWN_MS = 60_000;

    private final Map<String, HandedOut> byId = new HashMap<>();
    private final ArrayDeque<HandedOut> inOrder = new ArrayDeque<>();

    private record HandedOut(String id, List<Lease> leases, long popTimeMs, long atMs) {}

    /** @param leases what the request got, all with that pop time */
    void remember(String id, List<Lease> leases, long popTimeMs, long nowMs) {
        HandedOut handedOut = new HandedOut(id, List.copyOf(leases), popTimeMs, nowMs);
        byId.put(id, handedOut);
        inOrder.addLast(handedOut);
        while (inOrder.size() > COUNT_MAX || isOld(inOrder.peekFirst(), nowMs)) {
            HandedOut old = inOrder.removeFirst();
            byId.remove(old.id(), old);
        }
    }

    /** What the request got the last time comes back, as far as nothing was said about it since: that was no attempt. */
    void takeBack(String id) {
        HandedOut handedOut = byId.remove(id);
        if (handedOut == null) {
            return;
        }
        for (Lease lease : handedOut.leases()) {
            if (lease.place() == Lease.Place.HELD && lease.popTimeMs() == handedOut.popTimeMs()) {
                lease.queue().comesBack(lease);
            }
        }
    }

    private static boolean isOld(@Nullable HandedOut first, long nowMs) {
        return first != null && nowMs - first.atMs() > KNOWN_MS;
    }
}
