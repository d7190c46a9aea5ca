package io.ternmq.log.index;

import io.ternmq.log.storage.LogDirectory;
import io.ternmq.log.storage.SliceInput;
import io.ternmq.log.storage.SliceOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A key's hash → the positions of the messages that have it. A hint: whoever looks up compares the key itself.
 *
 * <p>The shard thread appends to a buffer. Full buffers are sorted and written as immutable runs by the maintenance
 * thread ({@link #writeRuns}), which also merges runs and deletes old ones. {@link #find} is for any thread that may
 * wait for a disk, so not for the shard thread.
 *
 * <p><b>Recovery.</b> {@link #open}, then {@link #restoreSlice} with what the checkpoint knows, and {@link #append} for
 * all of the log from the lowest stamp on; without a checkpoint, or after an {@link IndexDamagedException},
 * {@link #clear} and all that the log retains.
 */
public final class KeyIndex implements AutoCloseable {
    /** How many buffers there are at most; when all are full the shard thread sorts one itself. */
    public static final int BUFFER_COUNT_MAX = 4;

    /** The most keys one record may have. */
    public static final int RECORD_KEY_COUNT_MAX = 255;

    private static final long NO_POSITION = -1;

    private final LogBounds bounds;
    private final int bufferEntryCount;
    private final KeySorter sorter;
    private final KeyMerger merger;
    private final Object sorting = new Object();
    private final Object merging = new Object();
    private final Object changing = new Object();
    private volatile KeyView view = KeyView.EMPTY;
    private final Queue<KeyBuffer> unused = new ConcurrentLinkedQueue<>();
    private @Nullable KeyBuffer active;
    private long lastPosition = NO_POSITION;
    private long knownPosition = NO_POSITION;

    private KeyIndex(LogDirectory directory, LogBounds bounds, int bufferEntryCount) {
        this.bounds = bounds;
        this.bufferEntryCount = bufferEntryCount;
        this.sorter = new KeySorter(directory);
        this.merger = new KeyMerger(directory, bufferEntryCount);
    }

    /**
     * Opens the runs that are there.
     *
     * @param directory the folder of the index files
     * @param bufferEntryCount how many keys a buffer holds, from {@link #RECORD_KEY_COUNT_MAX} to 65,536; 24 bytes each
     */
    public static KeyIndex open(LogDirectory directory, LogBounds bounds, int bufferEntryCount) throws IOException {
        if (bufferEntryCount < RECORD_KEY_COUNT_MAX || bufferEntryCount > KeyBuffer.ENTRY_COUNT_MAX) {
            throw new IllegalArgumentException("bufferEntryCount: " + bufferEntryCount + " (expected: "
                    + RECORD_KEY_COUNT_MAX + ".." + KeyBuffer.ENTRY_COUNT_MAX + ")");
        }
        KeyIndex index = new KeyIndex(directory, bounds, bufferEntryCount);
        KeyView found = new KeyView(KeyRunFiles.open(directory), List.of());
        index.change(none -> found);
        return index;
    }

    /** The shard thread takes part once for each buffer, for as long as it takes to make a list of a few items. */
    private KeyView change(UnaryOperator<KeyView> changer) {
        synchronized (changing) {
            KeyView before = view;
            view = changer.apply(before);
            return before;
        }
    }

    /** Forgets everything. During recovery, before anything is appended. */
    public void clear() {
        List<KeyRun> runs = change(known -> KeyView.EMPTY).runs();
        runs.forEach(KeyRun::retire);
        lastPosition = NO_POSITION;
        knownPosition = NO_POSITION;
    }

    /**
     * Takes the checkpoint's slice in, and forgets what lies behind it: the replay brings it again, and the log's tail may
     * have been another before the crash.
     *
     * @param replayPosition where the replay begins, at most where the checkpoint's {@link #seal} was
     * @throws IndexDamagedException when runs are missing; {@link #clear} and a whole replay are needed then
     */
    public void restoreSlice(SliceInput in, long replayPosition) throws IndexDamagedException {
        long sealedPosition = in.readLong();
        List<KeyRun> later = view.runs().stream()
                .filter(run -> run.span().firstPosition() >= replayPosition)
                .toList();
        change(known -> known.without(later));
        later.forEach(KeyRun::retire);
        long before = bounds.startPosition() - 1;
        for (KeyRun run : view.runs()) {
            if (run.span().positionBefore() > before) {
                throw new IndexDamagedException("keys: nothing from "
                        + run.span().positionBefore() + " (expected: a run that ends there) before "
                        + run.span().fileName());
            }
            before = Math.max(before, run.span().lastPosition());
        }
        if (before < sealedPosition) {
            throw new IndexDamagedException(
                    "keys: runs end at " + before + " (expected: " + sealedPosition + ", as the checkpoint says)");
        }
        lastPosition = Math.max(sealedPosition, lastRunPosition());
        knownPosition = lastRunPosition();
    }

    private long lastRunPosition() {
        List<KeyRun> runs = view.runs();
        return runs.isEmpty() ? NO_POSITION : runs.get(runs.size() - 1).span().lastPosition();
    }

    /**
     * Appends all keys of one record; skipped when a run has them already. Shard thread, live or in recovery.
     *
     * @param keyHashes the hashes, of which the first {@code count} count
     * @param position of the record, more than that of any before
     * @param timeMs of the record, not before that of any before
     * @throws UncheckedIOException when all buffers were full and none could be written
     */
    public void append(long[] keyHashes, int count, long position, long timeMs) {
        if (count == 0 || position <= knownPosition) {
            return;
        }
        if (position <= lastPosition || count > RECORD_KEY_COUNT_MAX) {
            throw new IndexMismatchException("keys: " + count + " of the record at " + position + " (expected: at most "
                    + RECORD_KEY_COUNT_MAX + ", behind " + lastPosition + ")");
        }
        KeyBuffer buffer = active;
        if (buffer == null || !buffer.hasRoomFor(count)) {
            seal();
            buffer = beginBuffer();
        }
        buffer.append(keyHashes, count, position, timeMs);
        lastPosition = position;
    }

    /**
     * Hands what has been appended to the maintenance thread, though the buffer may not be full: when a checkpoint begins,
     * before its first slice. The checkpoint may be completed once {@link #writeRuns} has returned. Shard thread.
     */
    public void seal() {
        KeyBuffer buffer = active;
        if (buffer != null) {
            buffer.seal();
            active = null;
        }
    }

    private KeyBuffer beginBuffer() {
        while (view.buffers().size() >= BUFFER_COUNT_MAX) {
            try {
                writeOldest();
            } catch (IOException e) {
                throw new UncheckedIOException("keys: no buffer is free and no run could be written", e);
            }
        }
        KeyBuffer free = unused.poll();
        KeyBuffer begun = free == null ? new KeyBuffer(bufferEntryCount) : free;
        begun.begin(lastPosition);
        change(known -> known.withBuffer(begun));
        active = begun;
        return begun;
    }

    /** @return whether {@link #writeRuns} has something to do. Any thread */
    public boolean hasRunsToWrite() {
        return oldestSealed(view) != null;
    }

    private static @Nullable KeyBuffer oldestSealed(KeyView view) {
        if (view.buffers().isEmpty()) {
            return null;
        }
        KeyBuffer oldest = view.buffers().get(0).buffer();
        return oldest.isSealed() ? oldest : null;
    }

    /** Returns once all that was sealed before is in runs on the disk. Maintenance thread. */
    public void writeRuns() throws IOException {
        while (hasRunsToWrite()) {
            writeOldest();
        }
    }

    private void writeOldest() throws IOException {
        synchronized (sorting) {
            KeyBuffer oldest = oldestSealed(view);
            if (oldest != null) {
                KeyRun run = sorter.write(oldest);
                change(known -> known.withSorted(run));
                unused.add(oldest);
            }
        }
    }

    /**
     * Merges some neighbouring runs into one, when there are enough. Maintenance thread.
     *
     * @param endPosition only runs before it; where the last completed checkpoint was sealed, so that no merged run
     *     reaches behind it
     * @return whether there was something to merge
     * @throws IndexDamagedException when a run is not what was written; lookups still use it, and it is
     *     not merged again
     */
    public boolean mergeRuns(long endPosition) throws IOException {
        synchronized (merging) {
            List<KeyRun> parts = KeyMerger.choose(view.runs(), endPosition);
            if (parts.isEmpty()) {
                return false;
            }
            KeyRun merged = merger.merge(parts, bounds.startPosition());
            change(known -> known.withMerged(parts, merged));
            parts.forEach(KeyRun::retire);
            return true;
        }
    }

    /** Deletes runs that lie wholly before the log's start. Maintenance thread. */
    public void deleteOldRuns() {
        synchronized (merging) {
            List<KeyRun> old = view.runs().stream()
                    .filter(run -> run.span().lastPosition() < bounds.startPosition())
                    .toList();
            if (!old.isEmpty()) {
                change(known -> known.without(old));
                old.forEach(KeyRun::retire);
            }
        }
    }

    /** Writes what a checkpoint keeps: how far the runs have to reach. Shard thread, right after {@link #seal}. */
    public void writeSlice(SliceOutput out) {
        out.writeLong(lastPosition);
    }

    /**
     * Looks for messages with a key among what is committed and retained. Any thread but the shard's.
     *
     * @param fromTimeMs the earliest time, included
     * @param toTimeMs the latest time, included
     * @param countMax how many positions to find at most
     * @param positionsNewestFirst is cleared, then gets the positions
     * @return how many were found
     */
    public int find(long keyHash, long fromTimeMs, long toTimeMs, int countMax, LongArrayList positionsNewestFirst)
            throws IOException {
        KeyQuery query = new KeyQuery(
                keyHash, new KeyQuery.KeyTimes(fromTimeMs, toTimeMs), countMax, positionsNewestFirst, bounds);
        while (!tryFind(view, query)) {
            Thread.onSpinWait();
        }
        return positionsNewestFirst.size();
    }

    /** @return false when what was looked through has changed meanwhile */
    private static boolean tryFind(KeyView known, KeyQuery query) throws IOException {
        query.restart();
        if (!known.tryUseRuns()) {
            return false;
        }
        try {
            for (int i = known.buffers().size() - 1; i >= 0 && !query.isFull(); i--) {
                known.buffers().get(i).buffer().find(query);
            }
            if (!known.buffersAreStillThere()) {
                return false;
            }
            for (int i = known.runs().size() - 1; i >= 0 && !query.isFull(); i--) {
                known.runs().get(i).find(query);
            }
            return true;
        } finally {
            known.releaseRuns();
        }
    }

    /**
     * Looks for the newest message of each of many keys among what is committed and retained; much less work than looking for
     * them one by one. Any thread but the shard's.
     */
    public void findNewest(KeyBatch batch) throws IOException {
        while (batch.count() > 0 && !tryFindNewest(view, batch)) {
            Thread.onSpinWait();
        }
    }

    /** @return false when what was looked through has changed meanwhile */
    private boolean tryFindNewest(KeyView known, KeyBatch batch) throws IOException {
        batch.restart();
        if (!known.tryUseRuns()) {
            return false;
        }
        try {
            for (KeyView.BufferUse used : known.buffers()) {
                used.buffer().findNewest(batch, bounds);
            }
            if (!known.buffersAreStillThere()) {
                return false;
            }
            for (int i = known.runs().size() - 1; i >= 0; i--) {
                known.runs().get(i).findNewest(batch, bounds);
            }
            return true;
        } finally {
            known.releaseRuns();
        }
    }

    /** @return how many run files a lookup has to search at most. Any thread */
    public int runCount() {
        return view.runs().size();
    }

    /** No other thread may use it any more. What is not in a run yet is forgotten; the log has it. */
    @Override
    public void close() {
        KeyView last = change(known -> KeyView.EMPTY);
        last.runs().forEach(KeyRun::release);
        last.buffers().forEach(used -> used.buffer().close());
        unused.forEach(KeyBuffer::close);
        unused.clear();
        active = null;
    }
}
