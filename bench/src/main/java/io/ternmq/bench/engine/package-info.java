/**
 * The storage engine alone, in this process and without a network: against what the disk does with plain writes, over
 * ten million messages, and over a hundred thousand queues.
 */
@NullMarked
package io.ternmq.bench.engine;

import org.jspecify.annotations.NullMarked;
