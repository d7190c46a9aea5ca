/**
 * A server that does nothing but answer, as cheaply as it can: what the official client reaches against it is the
 * client's own ceiling on this machine. It speaks just enough of the remoting protocol (JSON headers only) for one
 * producer and one push consumer of the load generator. Start at {@link io.ternmq.bench.responder.NullResponder}.
 */
@NullMarked
package io.ternmq.bench.responder;

import org.jspecify.annotations.NullMarked;
