/** Where groups are and what queues hold: offsets by group, by time, first and next. */
@NullMarked
package io.ternmq.remoting.offset;

import org.jspecify.annotations.NullMarked;
