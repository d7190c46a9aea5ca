package io.ternmq.log;

import io.ternmq.log.index.KeyIndex;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Every bound and interval of a log, checked when it is made.
 *
 * @param segmentBytes a segment ends with the entry that reaches it
 * @param zeroFillAheadBytes how far the segment is filled with zeros ahead of the writer
 * @param entryBytes an entry is closed when it reaches this many bytes, at a command's end
 * @param recordBytesMax the largest record
 * @param commandBytesMax the largest sum of the records of one command
 * @param retention what is deleted when
 * @param reserveBytes the disk's last bytes, which only control and carried records may use
 * @param checkpoint when checkpoints are due
 * @param keyRunEntries how many keys are sorted into one run
 * @param scrubBytesPerSecond how fast old bytes are read to find damage; 0 never reads them
 * @param recentBytes what lies less than this behind the end is taken to be in the page cache
 * @param backgroundThread false when the owner calls {@link CommitLog#maintain} itself
 * @param newLogId the id that a log gets when it is made here; any number
 */
public record LogSettings(
        int segmentBytes,
        int zeroFillAheadBytes,
        int entryBytes,
        int recordBytesMax,
        int commandBytesMax,
        Retain retention,
        long reserveBytes,
        CheckpointEvery checkpoint,
        int keyRunEntries,
        int scrubBytesPerSecond,
        long recentBytes,
        boolean backgroundThread,
        long newLogId) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final long HOUR_MS = 3_600_000;

    /** Checks every value. */
    public LogSettings {
        requireRange("segmentBytes", segmentBytes, 4 * KIB, Integer.MAX_VALUE);
        requireRange("zeroFillAheadBytes", zeroFillAheadBytes, 0, 64 * MIB);
        requireRange("entryBytes", entryBytes, 1, 4 * MIB);
        requireRange("recordBytesMax", recordBytesMax, 128, 16 * MIB);
        requireRange("commandBytesMax", commandBytesMax, recordBytesMax, 16 * MIB);
        requireRange("reserveBytes", reserveBytes, 0, Long.MAX_VALUE);
        requireRange("keyRunEntries", keyRunEntries, KeyIndex.RECORD_KEY_COUNT_MAX, 64 * KIB);
        requireRange("scrubBytesPerSecond", scrubBytesPerSecond, 0, Integer.MAX_VALUE);
        requireRange("recentBytes", recentBytes, 0, Long.MAX_VALUE);
    }

    /**
     * What retention deletes.
     *
     * @param ageMs whole segments whose last entry is older
     * @param bytesMax the oldest segments, while the log is larger
     */
    public record Retain(long ageMs, long bytesMax) {
        /** Checks both. */
        public Retain {
            requireRange("retention.ageMs", ageMs, 1, Long.MAX_VALUE);
            requireRange("retention.bytesMax", bytesMax, 1, Long.MAX_VALUE);
        }
    }

    /**
     * When a checkpoint is due: whichever comes first, and never without a new record.
     *
     * @param bytes bytes appended since the last one
     * @param ms milliseconds since the last one
     */
    public record CheckpointEvery(long bytes, long ms) {
        /** Checks both. */
        public CheckpointEvery {
            requireRange("checkpoint.bytes", bytes, 1, Long.MAX_VALUE);
            requireRange("checkpoint.ms", ms, 1, Long.MAX_VALUE);
        }
    }

    /** @return the defaults, with a new random log id */
    public static LogSettings defaults() {
        return new LogSettings(
                256 * MIB,
                4 * MIB,
                256 * KIB,
                4 * MIB + 64 * KIB,
                4 * MIB + 512 * KIB,
                new Retain(72 * HOUR_MS, Long.MAX_VALUE),
                64L * MIB,
                new CheckpointEvery(128L * MIB, HOUR_MS / 6),
                64 * KIB,
                4 * MIB,
                128L * MIB,
                true,
                ThreadLocalRandom.current().nextLong());
    }

    /** @return the same with other sizes of segments, of the part filled ahead, and of entries */
    public LogSettings withSizes(int newSegmentBytes, int newZeroFillAheadBytes, int newEntryBytes) {
        return new LogSettings(
                newSegmentBytes,
                newZeroFillAheadBytes,
                newEntryBytes,
                recordBytesMax,
                commandBytesMax,
                retention,
                reserveBytes,
                checkpoint,
                keyRunEntries,
                scrubBytesPerSecond,
                recentBytes,
                backgroundThread,
                newLogId);
    }

    /** @return the same with another retention and another reserve */
    public LogSettings withSpace(Retain newRetention, long newReserveBytes) {
        return new LogSettings(
                segmentBytes,
                zeroFillAheadBytes,
                entryBytes,
                recordBytesMax,
                commandBytesMax,
                newRetention,
                newReserveBytes,
                checkpoint,
                keyRunEntries,
                scrubBytesPerSecond,
                recentBytes,
                backgroundThread,
                newLogId);
    }

    /** @return the same with another pace of checkpoints */
    public LogSettings withCheckpoint(CheckpointEvery newCheckpoint) {
        return new LogSettings(
                segmentBytes,
                zeroFillAheadBytes,
                entryBytes,
                recordBytesMax,
                commandBytesMax,
                retention,
                reserveBytes,
                newCheckpoint,
                keyRunEntries,
                scrubBytesPerSecond,
                recentBytes,
                backgroundThread,
                newLogId);
    }

    /** @return the same without a thread of its own and with a given log id: everything happens when the owner says so */
    public LogSettings withoutBackgroundThread(long logId) {
        return new LogSettings(
                segmentBytes,
                zeroFillAheadBytes,
                entryBytes,
                recordBytesMax,
                commandBytesMax,
                retention,
                reserveBytes,
                checkpoint,
                keyRunEntries,
                scrubBytesPerSecond,
                recentBytes,
                false,
                logId);
    }

    /** @return the same with another pace of the scrub and another idea of what is recent */
    public LogSettings withReading(int newScrubBytesPerSecond, long newRecentBytes) {
        return new LogSettings(
                segmentBytes,
                zeroFillAheadBytes,
                entryBytes,
                recordBytesMax,
                commandBytesMax,
                retention,
                reserveBytes,
                checkpoint,
                keyRunEntries,
                newScrubBytesPerSecond,
                newRecentBytes,
                backgroundThread,
                newLogId);
    }

    /** @return the same with other sizes of the key index's sorted runs */
    public LogSettings withKeyRunEntries(int newKeyRunEntries) {
        return new LogSettings(
                segmentBytes,
                zeroFillAheadBytes,
                entryBytes,
                recordBytesMax,
                commandBytesMax,
                retention,
                reserveBytes,
                checkpoint,
                newKeyRunEntries,
                scrubBytesPerSecond,
                recentBytes,
                backgroundThread,
                newLogId);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + ".." + max + ")");
        }
    }
}
