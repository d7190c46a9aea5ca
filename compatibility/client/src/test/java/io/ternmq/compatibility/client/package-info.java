/**
 * What our client does with a real server. Without further settings a TernMQ server is started in this process; with
 * {@code -Dternmq.test.address=host:port} the same is asked of whatever listens there, such as RocketMQ.
 */
@NullMarked
package io.ternmq.compatibility.client;

import org.jspecify.annotations.NullMarked;
