/** What becomes of a message that a consumer could not handle: again after a while, or a dead letter. */
@NullMarked
package io.ternmq.broker.retry;

import org.jspecify.annotations.NullMarked;
