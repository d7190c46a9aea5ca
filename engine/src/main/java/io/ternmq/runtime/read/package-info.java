/** Readers of partitions, and where their positions are kept. */
@NullMarked
package io.ternmq.runtime.read;

import org.jspecify.annotations.NullMarked;
