/** Messages on their way in, and timed ones taken back. Start at {@link io.ternmq.grpc.send.SendHandler}. */
@NullMarked
package io.ternmq.grpc.send;

import org.jspecify.annotations.NullMarked;
