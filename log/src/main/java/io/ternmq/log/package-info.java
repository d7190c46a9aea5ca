/**
 * The storage engine of a shard: one append-only log and the indexes that find a message in it.
 *
 * <p>It knows queues by number and records by kind, and nothing of topics or groups.
 */
@NullMarked
package io.ternmq.log;

import org.jspecify.annotations.NullMarked;
