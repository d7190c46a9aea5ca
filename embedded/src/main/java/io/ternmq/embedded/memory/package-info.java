/** A folder that lives in memory, for queues that are gone with their process. */
@NullMarked
package io.ternmq.embedded.memory;

import org.jspecify.annotations.NullMarked;
