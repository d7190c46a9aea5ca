package io.ternmq.remoting.pull;

import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.member.Subscription;
import io.ternmq.broker.traffic.Gate;
import org.jspecify.annotations.Nullable;

/**
 * What a pull is given once it is known to be allowed.
 *
 * @param queueNo the shard's number of the queue
 * @param subscription which of its messages
 * @param gate how fast
 * @param claim the member's to the queue, or what it needs one for; null where it needs none
 */
record PullTerms(
        int queueNo,
        Subscription subscription,
        Gate gate,
        @Nullable QueueClaim claim) {}
