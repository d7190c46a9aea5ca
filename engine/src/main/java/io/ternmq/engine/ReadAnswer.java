package io.ternmq.engine;

import java.util.List;

/**
 * What was read.
 *
 * @param messages   in order; none when none came in time
 * @param nextOffset where to read next
 */
public record ReadAnswer(List<StoredMessage> messages, long nextOffset) {}
