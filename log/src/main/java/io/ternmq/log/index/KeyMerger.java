package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one run out of several neighbours, so that a lookup has few files to search. For one thread at a time. */
final class KeyMerger {
    /** So many runs of a level become one. */
    static final int FAN_IN = 8;

    static final int LEVEL_MAX = 3;
    private static final String UNFINISHED_NAME = "keys-merged.tmp";
    private static final int PAGE_ENTRY_COUNT = 1365; // 32 KiB for each run

    private final LogDirectory directory;
    private final int bufferEntryCount;

    /** @param bufferEntryCount how many entries a run of level 0 has at most */
    KeyMerger(LogDirectory directory, int bufferEntryCount) {
        this.directory = directory;
        this.bufferEntryCount = bufferEntryCount;
    }

    /** @return the oldest runs of one level that are worth merging and lie before {@code endPosition}; empty when there are none */
    static List<KeyRun> choose(List<KeyRun> runs, long endPosition) {
        for (int from = 0; from + FAN_IN <= runs.size(); from++) {
            List<KeyRun> chosen = runs.subList(from, from + FAN_IN);
            int level = chosen.get(0).span().level();
            boolean fits = level < LEVEL_MAX && chosen.stream().allMatch(run -> run.isMergeable(level, endPosition));
            if (fits) {
                return List.copyOf(chosen);
            }
        }
        return List.of();
    }

    /**
     * Writes the merged run. Entries before {@code startPosition} are left out.
     *
     * @throws IndexDamagedException when the entries of a run are not what was written
     */
    KeyRun merge(List<KeyRun> runs, long startPosition) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (KeyRun run : runs) {
            sources.add(new Source(run));
        }
        try (KeyRunWriter writer = new KeyRunWriter(directory, UNFINISHED_NAME)) {
            Source next = smallest(sources);
            while (next != null) {
                next.copyTo(writer, startPosition);
                next = smallest(sources);
            }
            KeyRunSpan first = runs.get(0).span();
            return writer.finish(
                    levelOf(first.level(), writer.count()),
                    first.firstPosition(),
                    runs.get(runs.size() - 1).span().lastPosition(),
                    first.positionBefore());
        }
    }

    /** Small runs stay at their level until enough of them have come together, so levels tell of sizes. */
    private int levelOf(int mergedLevel, long count) {
        long halfOfNextLevel = ((long) bufferEntryCount << (3 * mergedLevel)) * FAN_IN / 2;
        return count >= halfOfNextLevel ? mergedLevel + 1 : mergedLevel;
    }

    /** @return the source with the next entry; among those with the same prefix the oldest; null at the end */
    private static @Nullable Source smallest(List<Source> sources) {
        Source smallest = null;
        for (Source source : sources) {
            if (source.hasEntry() && (smallest == null || source.prefix() < smallest.prefix())) {
                smallest = source;
            }
        }
        return smallest;
    }

    /** A run that is read from its beginning to its end. */
    private static final class Source {
        private final KeyRun run;
        private final KeyRunSpan span;
        private final KeyRunCursor cursor;
        private long i;

        Source(KeyRun run) throws IOException {
            this.run = run;
            span = run.span();
            cursor = run.cursor(PAGE_ENTRY_COUNT);
            if (span.count() > 0) {
                cursor.moveTo(0);
            }
        }

        boolean hasEntry() {
            return i < span.count();
        }

        long prefix() {
            return KeyRunLayout.prefix(cursor.hash());
        }

        void copyTo(KeyRunWriter writer, long startPosition) throws IOException {
            if (cursor.position() >= startPosition) {
                writer.append(cursor.hash(), cursor.position(), cursor.timeMs());
            }
            i++;
            if (i < span.count()) {
                cursor.moveTo(i);
            } else if (cursor.crcOfPages() != span.entriesCrc()) {
                run.markDamaged();
                throw new IndexDamagedException(span.fileName() + ": CRC-32C "
                        + Integer.toHexString(cursor.crcOfPages()) + " (expected: "
                        + Integer.toHexString(span.entriesCrc()) + ")");
            }
        }
    }
}
