/**
 * What handlers share: the way to the shard, to the readers, and back to the client with what they said. Start at
 * {@link io.ternmq.remoting.access.BrokerAccess}.
 */
@NullMarked
package io.ternmq.remoting.access;

import org.jspecify.annotations.NullMarked;
