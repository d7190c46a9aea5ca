package io.ternmq.broker.lease;

import java.util.concurrent.TimeUnit;

/**
 * Keeps leases of one holder alive for as long as it is there: what it works on is not handed out again though it never asks
 * for another deadline. The handles stay as they are, and nothing is recorded: after a restart such a lease is like any other.
 */
@FunctionalInterface
public interface Renewal {
    /** A lease is kept alive for so long at most; then its holder is taken to hang. */
    long MS_MAX = TimeUnit.HOURS.toMillis(3);

    /** @return whether the holder is there; called on the shard thread, must be quick */
    boolean isWanted();
}
