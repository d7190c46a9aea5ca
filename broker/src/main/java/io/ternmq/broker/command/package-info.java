/**
 * What may be asked of a shard. A command decides on the shard thread, by reading state and handing records to a
 * {@link io.ternmq.broker.command.Decision}; it is answered once these are committed. Start at {@link
 * io.ternmq.broker.command.Command}.
 */
@NullMarked
package io.ternmq.broker.command;

import org.jspecify.annotations.NullMarked;
