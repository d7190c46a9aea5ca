/** Requests that wait for an answer from who consumes them: the answer comes back through the broker, and is not stored. */
@NullMarked
package io.ternmq.client.reply;

import org.jspecify.annotations.NullMarked;
