/** Copies of stored messages on their way to another queue: a delayed message that is due, a retry, a dead letter. */
@NullMarked
package io.ternmq.broker.copy;

import org.jspecify.annotations.NullMarked;
