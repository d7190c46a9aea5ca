package io.ternmq.engine;

import io.ternmq.Filter;
import io.ternmq.Partition;
import java.time.Duration;

/**
 * What is to be read.
 *
 * @param group     in whose name; the engine may slow it down
 * @param partition where
 * @param offset    from where on
 * @param filter    which messages
 * @param countMax  1 or more; the answer may hold fewer
 * @param waitAtMost    how long to wait for the first
 */
public record ReadRequest(
        String group, Partition partition, long offset, Filter filter, int countMax, Duration waitAtMost) {}
