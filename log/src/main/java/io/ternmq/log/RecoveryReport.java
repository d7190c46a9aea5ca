package io.ternmq.log;

import org.jspecify.annotations.Nullable;

/**
 * What opening a log found.
 *
 * @param checkpointPosition where replay began; 0 without a checkpoint
 * @param replayedBytes bytes of the log that were read behind it
 * @param tornBytes bytes behind the known durable position that were cut
 * @param damagedRecords records that fail their checksum, now holes
 * @param damagedEntries places where entries cannot be read
 * @param refusedCheckpoints newer checkpoints that were not good
 * @param indexRebuilt whether the index was made anew from the log
 * @param readOnlyReason why nothing may be written until {@link CommitLog#acceptDamage()}, or null
 */
public record RecoveryReport(
        long checkpointPosition,
        long replayedBytes,
        long tornBytes,
        int damagedRecords,
        int damagedEntries,
        int refusedCheckpoints,
        boolean indexRebuilt,
        @Nullable String readOnlyReason) {}
