/**
 * Timed messages: delivered at a millisecond that the producer chose, from now to ten years.
 *
 * <pre>
 *   send ──► a slot's queue ──► finer slot's queue ──► the second's queue ──► the message's own queue
 *            (as fine as its time allows)   spill              fire, in order of milliseconds
 * </pre>
 *
 * A slot is a queue of one topic ({@link io.ternmq.broker.state.TimerSlots}), so a waiting timer costs disk, not heap. A
 * copy and the record that says what became of the original are one command: a crash keeps both or neither. Before
 * retention takes a part of the log, what waits in it is copied to the log's head. Start at {@link
 * io.ternmq.broker.timer.TimedDelivery}.
 */
@NullMarked
package io.ternmq.broker.timer;

import org.jspecify.annotations.NullMarked;
