/**
 * The way in for RocketMQ's clients: its remoting protocol, translated to commands of the shard and back.
 *
 * <p>No rule of messaging lives here. Start at {@link io.ternmq.remoting.RemotingServer}; {@code RequestTable} says
 * which handler answers which request. Below are {@code connection} (bytes, limits, threads), {@code access} (the way
 * to the shard), {@code body} (JSON), and a package for each theme: {@code route}, {@code client}, {@code send}, {@code
 * pull}, {@code offset}, {@code query}, {@code admin}.
 */
@NullMarked
package io.ternmq.remoting;

import org.jspecify.annotations.NullMarked;
