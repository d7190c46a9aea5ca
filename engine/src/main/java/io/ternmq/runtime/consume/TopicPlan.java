package io.ternmq.runtime.consume;

import io.ternmq.BatchHandler;
import io.ternmq.Filter;

/**
 * How one topic is consumed.
 *
 * @param topic    which
 * @param filter   which messages
 * @param countMax how many at a time at most, 1 to {@link #COUNT_MAX}
 * @param handler  gets them
 */
record TopicPlan(String topic, Filter filter, int countMax, BatchHandler handler) {

    /** A handler, or who takes by hand, gets so many at a time at most. */
    static final int COUNT_MAX = 32;
}
