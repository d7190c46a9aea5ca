/**
 * Where things are in the log: {@link io.ternmq.log.index.QueueIndex} finds the n-th message of a queue,
 * {@link io.ternmq.log.index.KeyIndex} the messages with a key.
 *
 * <p>Both are a function of the log's bytes and can always be rebuilt from them. What a checkpoint keeps of them only
 * spares the replay.
 *
 * <pre>
 *   row of a queue (memory)         blocks (shared files, mapped)        log
 *   end, min hint, blocks [a, b] →  a: entries 0..15    position, … →    record
 *                                   b: entries 16..271
 * </pre>
 *
 * Start at {@code QueueIndex}; how readers and the writer get along is told in {@code RowChunk}, when a freed block may
 * be used again in {@code BlockAllocator}.
 */
@NullMarked
package io.ternmq.log.index;

import org.jspecify.annotations.NullMarked;
