/**
 * The shard's state machine: what {@code apply} makes of the control records, in parts that each decide and apply their
 * own. No clock, no files, no network; the shard thread owns all of it. Start at {@link
 * io.ternmq.broker.state.ShardState}.
 */
@NullMarked
package io.ternmq.broker.state;

import org.jspecify.annotations.NullMarked;
