/**
 * The load generator, on the official RocketMQ client, so that every server that speaks its protocol is measured with
 * the same hands. Start at {@link io.ternmq.bench.load.LoadCommand}.
 */
@NullMarked
package io.ternmq.bench.load;

import org.jspecify.annotations.NullMarked;
