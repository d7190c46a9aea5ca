package io.ternmq.runtime.consume;

import io.ternmq.BatchHandler;
import io.ternmq.Filter;

/**
 * How one topic is consumed.
 *
 * @param topic    which
 * @param filter   which messages
 * @param countMax how many at a time at most
 * @param handler  gets them
 */
record TopicPlan(String topic, Filter filter, int countMax, BatchHandler handler) {}
