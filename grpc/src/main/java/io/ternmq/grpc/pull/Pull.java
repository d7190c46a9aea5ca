package io.ternmq.grpc.pull;

import io.ternmq.broker.member.Subscription;
import io.ternmq.log.ReadLimits;

/**
 * What a client wants to read.
 *
 * @param group for which it reads
 * @param queue from which
 * @param subscription which messages
 * @param offset from where on
 * @param limits how much
 * @param deadlineMs until when it waits, in milliseconds since 1970; 0 not to wait
 */
record Pull(
        String group, NamedQueue queue, Subscription subscription, long offset, ReadLimits limits, long deadlineMs) {}
