package io.ternmq.embedded;

import io.ternmq.broker.ShardSettings;
import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.log.LogSettings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@link io.ternmq.TernMQBuilder#set} may set of an embedded queue.
 *
 * @param flush         {@code flush}: {@code sync} (the default of {@code file:}) forces before a send is answered, {@code async}
 *                      (the default of {@code mem:}) at an interval
 * @param partitions    {@code partitions}: of topics that come into being by being used, 1 to 1,024; 4 by default
 * @param segmentBytes  {@code segment.size}: how large a file of the log is, in bytes
 * @param retention     {@code retention.time}: how long messages are kept, as in {@code PT72H}
 * @param retentionBytes {@code retention.size}: how much is kept at most, in bytes; 0 for no limit; half the memory of {@code mem:}
 * @param reserveBytes  room that is left for what the queue itself notes, in bytes
 * @param checkpointBytes so much is written between checkpoints, in bytes; what is before the last two may be deleted
 * @param memoryBytes   {@code memory}: how much a {@code mem:} queue holds at most, in bytes, 16 MiB or more
 * @param acceptDamage  {@code accept-damage}: whether a log that found damage may be written again
 */
record EmbeddedSettings(
        Flush flush,
        int partitions,
        int segmentBytes,
        Duration retention,
        long retentionBytes,
        long reserveBytes,
        long checkpointBytes,
        long memoryBytes,
        boolean acceptDamage) {

    private static final Set<String> NAMES = Set.of(
            "flush", "partitions", "segment.size", "retention.time", "retention.size", "memory", "accept-damage");
    private static final int PARTITIONS = 4;
    private static final int MEMORY_SEGMENT_BYTES = 4 << 20;
    private static final long MEMORY_BYTES = 256L << 20;

    /** Into so many parts memory is divided: one of them is a segment at most, another one the reserve. */
    private static final int MEMORY_PARTS = 8;

    private static final int CHECKPOINTS_PER_PART = 4;

    private static final int FORCE_INTERVAL_MS = 500;

    /** @throws IllegalArgumentException when a setting is unknown or wrong; names it, its value and what was expected */
    static EmbeddedSettings of(Map<String, String> settings, boolean inMemory) {
        for (String name : settings.keySet()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "setting: '" + name + "' (expected: one of " + new TreeSet<>(NAMES) + ")");
            }
        }
        LogSettings log = LogSettings.defaults();
        long memoryBytes = number(settings, "memory", MEMORY_BYTES, 16 << 20, Long.MAX_VALUE);
        long memoryPart = memoryBytes / MEMORY_PARTS;
        return new EmbeddedSettings(
                flush(settings.getOrDefault("flush", inMemory ? "async" : "sync")),
                (int) number(settings, "partitions", PARTITIONS, 1, 1_024),
                (int) number(
                        settings,
                        "segment.size",
                        inMemory ? Math.min(MEMORY_SEGMENT_BYTES, memoryPart) : log.segmentBytes(),
                        1 << 20,
                        1 << 30),
                duration(settings.getOrDefault("retention.time", "PT72H")),
                number(settings, "retention.size", inMemory ? memoryBytes / 2 : 0, 0, Long.MAX_VALUE),
                inMemory ? Math.min(log.reserveBytes(), memoryPart) : log.reserveBytes(),
                inMemory ? memoryPart / CHECKPOINTS_PER_PART : log.checkpoint().bytes(),
                memoryBytes,
                yesOrNo(settings.getOrDefault("accept-damage", "false")));
    }

    ShardSettings shard() {
        LogSettings log = LogSettings.defaults();
        boolean isSync = flush == Flush.SYNC;
        LogSettings.Retain retain =
                new LogSettings.Retain(retention.toMillis(), retentionBytes == 0 ? Long.MAX_VALUE : retentionBytes);
        LogSettings sized = log.withSizes(
                        segmentBytes, isSync ? Math.min(log.zeroFillAheadBytes(), segmentBytes) : 0, log.entryBytes())
                .withSpace(retain, reserveBytes)
                .withCheckpoint(new LogSettings.CheckpointEvery(
                        checkpointBytes, log.checkpoint().ms()));
        ShardSettings shard = ShardSettings.of(sized, flush);
        return new ShardSettings(
                shard.log(),
                flush,
                FORCE_INTERVAL_MS,
                shard.mailboxCountMax(),
                shard.mailboxBytesMax(),
                shard.transactions(),
                shard.queueLockMs());
    }

    private static Flush flush(String value) {
        return switch (value) {
            case "sync" -> Flush.SYNC;
            case "async" -> Flush.ASYNC;
            default -> throw new IllegalArgumentException("flush: '" + value + "' (expected: sync or async)");
        };
    }

    private static boolean yesOrNo(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("accept-damage: '" + value + "' (expected: true or false)");
        };
    }

    private static Duration duration(String value) {
        try {
            return Duration.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "retention.time: '" + value + "' (expected: a duration such as PT72H or P7D)", e);
        }
    }

    private static long number(Map<String, String> settings, String name, long otherwise, long min, long max) {
        String value = settings.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": '" + value + "' (expected: a whole number)", e);
        }
        throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
    }
}
