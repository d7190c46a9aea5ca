/**
 * Compacted topics: of what retention would take, the newest message of each key stays.
 *
 * <pre>
 *   retention wants the log to begin at T
 *     Survey (background)   looks at each message of a compacted queue that lies before T: is there a newer one of its key?
 *     Compaction (shard)    moves those without: same queue, same offset, new position at the log's head
 *   the log is trimmed to T; what was not moved is a hole that readers pass over
 * </pre>
 *
 * Nothing of it is state: a move is a record of the log, and whoever replays the log comes to the same queues. A survey that
 * is lost in a crash is made again. Start at {@link io.ternmq.broker.compaction.Compaction}.
 */
@NullMarked
package io.ternmq.broker.compaction;

import org.jspecify.annotations.NullMarked;
