/**
 * The way in for RocketMQ's clients: its remoting protocol, translated to commands of the shard and back.
 *
 * <p>No rule of messaging lives here.
 */
@NullMarked
package io.ternmq.remoting;

import org.jspecify.annotations.NullMarked;
