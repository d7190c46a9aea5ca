package io.ternmq.remoting.send;

import io.ternmq.broker.traffic.Traffic;

/**
 * What the sends of one event loop share.
 *
 * @param ids writes the ids of stored messages
 * @param traffic counts what was stored
 */
record SendContext(MessageIds ids, Traffic traffic) {}
