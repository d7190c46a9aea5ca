/**
 * Runs TernMQ, Apache RocketMQ and the null responder in turn, each with the same load, and prints how they compare.
 * Start at {@link io.ternmq.bench.compare.Comparison}; the rows of the table are in
 * {@link io.ternmq.bench.compare.Figure}, what is run for them in {@link io.ternmq.bench.compare.Workload}.
 */
@NullMarked
package io.ternmq.bench.compare;

import org.jspecify.annotations.NullMarked;
