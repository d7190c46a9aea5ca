/**
 * The storage engine of a shard: one append-only log and the indexes that find a message in it. It knows queues by
 * number and records by kind, and nothing of topics or groups.
 *
 * <p>What it promises: what was forced and published is there after any crash, once and in order; what is damaged is
 * told, and takes nothing good with it.
 *
 * <pre>
 *   log/                                  an entry is what one batch became
 *   00000000000000000000.log  ├─entry─┼──entry──┼─entry─┤
 *   00000000000268431360.log  ├──entry──┼─entry─┼─ … zeros, filled ahead
 *                                       ▲       ▲
 *                     forced: durable ──┘       └── written: end
 *   index/        n-th message of a queue, messages with a key
 *   checkpoint-P  state and index tables at P; two are kept; opening replays what is behind the newest
 * </pre>
 *
 * Start at {@link io.ternmq.log.CommitLog}. Every byte on the disk is in {@code docs/storage-format.md}.
 */
@NullMarked
package io.ternmq.log;

import org.jspecify.annotations.NullMarked;
