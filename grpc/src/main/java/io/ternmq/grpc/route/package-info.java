/** Where clients find the queues of a topic, and which of them a consumer takes from. */
@NullMarked
package io.ternmq.grpc.route;

import org.jspecify.annotations.NullMarked;
