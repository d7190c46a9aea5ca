/** What goes in and out, and how fast it may. Start at {@link io.ternmq.broker.traffic.Traffic}. */
@NullMarked
package io.ternmq.broker.traffic;

import org.jspecify.annotations.NullMarked;
