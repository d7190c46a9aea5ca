package io.ternmq.remoting.pull;

import io.ternmq.broker.member.Subscription;
import io.ternmq.broker.traffic.Gate;

/**
 * What a pull is given once it is known to be allowed.
 *
 * @param queueNo the shard's number of the queue
 * @param subscription which of its messages
 * @param gate how fast
 */
record PullTerms(int queueNo, Subscription subscription, Gate gate) {}
