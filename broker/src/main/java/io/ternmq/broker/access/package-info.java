/**
 * What the ways in share, whatever protocol they speak: the way to the shard and back, threads that read for them, who
 * may consume, and how producers are asked about their transactions. Start at {@link io.ternmq.broker.access.Broker}.
 */
@NullMarked
package io.ternmq.broker.access;

import org.jspecify.annotations.NullMarked;
