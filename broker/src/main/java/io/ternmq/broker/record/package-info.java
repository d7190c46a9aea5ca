/**
 * The shard's control records: every change of state that must survive, other than a message. Start at {@link
 * io.ternmq.broker.record.ControlRecord}, which lists the kinds; the bytes are in {@code docs/storage-format.md}.
 */
@NullMarked
package io.ternmq.broker.record;

import org.jspecify.annotations.NullMarked;
