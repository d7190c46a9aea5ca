package io.ternmq.grpc.receive;

import io.ternmq.broker.filter.RecordMatcher;
import io.ternmq.broker.filter.SqlFilter;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.broker.member.Subscription;
import io.ternmq.broker.traffic.Gate;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to take.
 *
 * @param group its consumer group
 * @param topic of the messages
 * @param subscription which of them
 * @param ordered whether it gets messages of one ordering key at a time
 * @param retryMax how often the group's messages are tried again
 * @param countMax so many at most
 * @param invisibleMs for how long
 * @param deadlineMs until when it waits, in milliseconds since 1970; 0 not to wait
 * @param renewal keeps what it has out of sight for longer, or null
 * @param attemptId by which it asks again after a lost answer, or null
 */
record Wanted(
        String group,
        String topic,
        Subscription subscription,
        boolean ordered,
        int retryMax,
        int countMax,
        long invisibleMs,
        long deadlineMs,
        @Nullable StreamRenewal renewal,
        @Nullable String attemptId) {
    /** A group of which nothing is known, and whose queues have lost their first messages, begins with what comes next. */
    private static final boolean FROM_LATEST = true;

    LeaseWait.Request request() {
        return new LeaseWait.Request(
                group, topic, LeaseWait.ANY_QUEUE, FROM_LATEST, tagFilter(), ordered, true, deadlineMs);
    }

    /** @param rates what it has passed */
    TakeMessages.Terms terms(Gate rates, long nowMs) {
        return new TakeMessages.Terms(
                rates.messagesMax(countMax, nowMs),
                rates.bytesMax(ReceiveLimits.BYTES_MAX, nowMs),
                invisibleMs,
                renewal,
                attemptId);
    }

    @Nullable
    RecordMatcher matcher() {
        SqlFilter filter = subscription.filter();
        return filter == null ? null : filter.matcher();
    }

    private IntPredicate tagFilter() {
        int[] ascending = subscription.tagHashes();
        return ascending.length == 0 ? tagHash -> true : tagHash -> Arrays.binarySearch(ascending, tagHash) >= 0;
    }
}
