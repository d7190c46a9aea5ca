/**
 * The queue in the application's own process: one shard, no sockets. Start at {@link io.ternmq.embedded.EmbeddedProvider}.
 *
 * <pre>
 *   application thread        shard thread              reader threads
 *   record encoded ──────►    appended, committed
 *   waits              ◄──    receipt
 *   take               ──►    leased             ──►    read from the log, future completed
 * </pre>
 *
 * <p>Application threads never touch a file: an interrupt would close it for all. What applications attach to futures runs on a thread
 * of its own, so that it cannot hold up the shard.
 */
@NullMarked
package io.ternmq.embedded;

import org.jspecify.annotations.NullMarked;
