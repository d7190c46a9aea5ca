/**
 * What moves messages under the API: a shard in this process, a server over the network. An {@link io.ternmq.engine.Engine} knows
 * partitions, leases and offsets, and nothing of handlers; the package {@code io.ternmq.runtime} makes the API of it.
 */
@NullMarked
package io.ternmq.engine;

import org.jspecify.annotations.NullMarked;
