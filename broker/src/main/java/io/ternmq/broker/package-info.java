/**
 * The shard: a deterministic state machine over its commit log.
 *
 * <p>Commands come in through a mailbox, records go out to the log; neither network nor files are reached from here.
 */
@NullMarked
package io.ternmq.broker;

import org.jspecify.annotations.NullMarked;
