package io.ternmq.log;

import io.ternmq.log.storage.SliceOutput;

/**
 * A slice on its way to the file.
 *
 * @param owner one of {@link CheckpointLayout}'s
 * @param number of the slice among its owner's
 * @param stamp the log's end when it was written
 */
record CheckpointSlice(int owner, int number, long stamp, SliceOutput bytes) {}
