/** The bodies of answers, which are JSON or RocketMQ's dialect of it. */
@NullMarked
package io.ternmq.client.json;

import org.jspecify.annotations.NullMarked;
