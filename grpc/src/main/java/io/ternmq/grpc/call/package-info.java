/**
 * Calls and connections: what surrounds each request, every bound on the way, and the way back from the shard. Knows no
 * request by name. Start at {@link io.ternmq.grpc.call.Call}.
 */
@NullMarked
package io.ternmq.grpc.call;

import org.jspecify.annotations.NullMarked;
