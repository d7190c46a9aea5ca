package io.ternmq.log;

/**
 * A checkpoint that was read and found good.
 *
 * @param name of its file
 * @param logId of the log it belongs to
 * @param replay where replay begins, and what the entry there continues
 * @param position the log's end when the last slice was written; the log is forced up to here
 * @param startPosition where the log began
 * @param bytes size of the file
 */
record CheckpointSummary(String name, long logId, ChainLink replay, long position, long startPosition, long bytes) {}
