/** Records to messages and back, names to what they may be. Knows nothing of calls. */
@NullMarked
package io.ternmq.grpc.convert;

import org.jspecify.annotations.NullMarked;
