/** How producers send: partitions chosen, attempts, interceptors. */
@NullMarked
package io.ternmq.runtime.send;

import org.jspecify.annotations.NullMarked;
