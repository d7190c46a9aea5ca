package io.ternmq.broker.compaction;

import io.ternmq.broker.command.CompactionKey;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogReader.Reading;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.KeyBatch;
import io.ternmq.protocol.message.MessageRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which messages of compacted queues must not go with the part of the log before a position: those of which no newer
 * version is in the log. It reads each message that lies there once, and asks the key index for the versions of its key; so
 * its work grows with what retention would take, not with what is kept. A newer version counts only when it was read and has
 * the same key: equal hashes lose nothing. Where it cannot be sure it keeps the message.
 *
 * <p>A message that the disk does not give is kept, and so is every deletion behind it in its queue, which may be of its key. One
 * that does not pass its checks goes. Both are counted and reported as damage.
 *
 * <p>A message without a body says that its key is deleted. It is not kept, unless an older version lies behind it, where it was
 * moved to: that one would come back to life.
 *
 * <p>{@link #work} belongs to the log's background; the results may be read by the shard thread once {@link #isDone}.
 */
final class Survey {
    /** What is looked at in one step. */
    private static final int STEP_COUNT = 256;
    /** How many versions of a key are looked at, newest first; a second one is rare. */
    private static final int VERSIONS_MAX = 64;

    private static final long NO_VERSION = -1;
    private static final long UNREAD = -2;

    private final CommitLog log;
    private final int[] queueNos;
    private final long before;
    private final Survivors survivors;
    private final IndexEntries entries = new IndexEntries(STEP_COUNT);
    private final IndexEntries entry = new IndexEntries(1);
    private final List<Candidate> candidates = new ArrayList<>();
    private final KeyBatch newest = new KeyBatch(STEP_COUNT);
    private final LongArrayList versions = new LongArrayList();
    private final MessageRecord record = new MessageRecord();
    private int nextQueue;
    /** The last queue with a message that could not be read. */
    private int unreadQueueNo = -1;

    private long nextOffset;
    private long endOffset;
    private long liveBytes;
    private boolean complete = true;
    private volatile boolean done;

    /**
     * A message that lies before the position.
     *
     * @param key null when it could not be read
     */
    private record Candidate(
            int queueNo,
            long offset,
            long position,
            int size,
            @Nullable String key,
            boolean isTombstone) {
        long hash() {
            return CompactionKey.hash(queueNo, Objects.requireNonNull(key));
        }
    }

    /**
     * A survey that has not begun.
     *
     * @param queueNos the compacted queues
     * @param before where the log is to begin
     * @param survivorBytesMax how many bytes the list of survivors takes at most; when there are more of them, another
     *     survey finds the rest once these have been moved
     */
    Survey(CommitLog log, int[] queueNos, long before, int survivorBytesMax) {
        this.log = log;
        this.queueNos = queueNos;
        this.before = before;
        this.survivors = new Survivors(survivorBytesMax);
        beginQueue();
    }

    private void beginQueue() {
        nextOffset = 0;
        endOffset = nextQueue < queueNos.length ? log.queues().endBefore(queueNos[nextQueue], before) : 0;
    }

    int[] queueNos() {
        return queueNos;
    }

    /** @return whether it says what becomes of some of what lies between two positions, when those queues are compacted */
    boolean answers(int[] askedQueueNos, long from, long to) {
        return before > from && before <= to && Arrays.equals(queueNos, askedQueueNos);
    }

    long before() {
        return before;
    }

    boolean isDone() {
        return done;
    }

    /** @return bytes of all survivors, listed or not */
    long liveBytes() {
        return liveBytes;
    }

    /** @return whether all survivors are listed */
    boolean isComplete() {
        return complete;
    }

    Survivors survivors() {
        return survivors;
    }

    /** Does a little. The scratches are the caller's, for all surveys. */
    void work(ReadScratch scratch, ReadScratch versionScratch) {
        if (nextQueue == queueNos.length) {
            survivors.rewind();
            done = true;
            return;
        }
        collect(queueNos[nextQueue], scratch);
        boolean known = findNewest();
        for (Candidate candidate : candidates) {
            if (candidate.key() == null
                    || (known ? isKept(candidate, versionScratch) : isKeptByAll(candidate, versionScratch))) {
                liveBytes += candidate.size();
                complete &= survivors.add(candidate.queueNo(), candidate.offset());
            }
        }
    }

    private void collect(int queueNo, ReadScratch scratch) {
        candidates.clear();
        newest.clear();
        int count = log.queues().copy(queueNo, nextOffset, STEP_COUNT, entries);
        for (int i = 0; i < count && entries.offset(i) < endOffset; i++) {
            Candidate candidate = entries.isHole(i) || entries.position(i) >= before ? null : read(queueNo, i, scratch);
            if (candidate != null) {
                add(candidate);
            }
        }
        nextOffset = entries.firstOffset() + count;
        if (count == 0 || nextOffset >= endOffset) {
            nextQueue++;
            beginQueue();
        }
    }

    private void add(Candidate candidate) {
        candidates.add(candidate);
        if (candidate.key() == null) {
            unreadQueueNo = candidate.queueNo();
        } else {
            newest.add(candidate.hash());
        }
    }

    private boolean findNewest() {
        try {
            log.keys().findNewest(newest);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As a rule the newest version of the key says it all. */
    private boolean isKept(Candidate candidate, ReadScratch scratch) {
        long position = newest.newest(candidate.hash());
        if (position < candidate.position()) {
            return true; // from before the topic was compacted: once moved, it is known by its key
        }
        if (position == candidate.position()) {
            return !candidate.isTombstone() || mayHideUnread(candidate);
        }
        return offsetOfVersion(candidate, position, scratch) <= candidate.offset() && isKeptByAll(candidate, scratch);
    }

    private boolean isKeptByAll(Candidate candidate, ReadScratch scratch) {
        return candidate.isTombstone() ? hidesAnother(candidate, scratch) : isNewest(candidate, scratch);
    }

    /** @return null when it has no key, or is damaged */
    private @Nullable Candidate read(int queueNo, int i, ReadScratch scratch) {
        long position = entries.position(i);
        Found<Candidate> found = new Found<>();
        Reading reading = log.reader()
                .readEntry(
                        entries,
                        i,
                        (buffer, index, length, itsOffset) -> {
                            record.wrap(buffer, index, length);
                            String key = CompactionKey.of(record);
                            if (key != null) {
                                found.result = new Candidate(
                                        queueNo, itsOffset, position, length, key, record.bodyLength() == 0);
                            }
                            return true;
                        },
                        scratch);
        return reading == Reading.UNREADABLE
                ? new Candidate(queueNo, entries.offset(i), position, entries.size(i), null, false)
                : found.result;
    }

    private boolean mayHideUnread(Candidate tombstone) {
        return tombstone.queueNo() == unreadQueueNo;
    }

    /** Versions at lower positions are older, but for one that came in the moment in which this one was moved. */
    private boolean isNewest(Candidate candidate, ReadScratch scratch) {
        findVersions(candidate);
        for (int i = 0; i < versions.size() && versions.getLong(i) > candidate.position(); i++) {
            if (offsetOfVersion(candidate, versions.getLong(i), scratch) > candidate.offset()) {
                return false;
            }
        }
        return true;
    }

    /** @return whether an older version may outlive it and no newer one speaks for the key */
    private boolean hidesAnother(Candidate tombstone, ReadScratch scratch) {
        boolean hides = !findVersions(tombstone) || mayHideUnread(tombstone);
        for (int i = 0; i < versions.size() && versions.getLong(i) > tombstone.position(); i++) {
            long offset = offsetOfVersion(tombstone, versions.getLong(i), scratch);
            if (offset > tombstone.offset()) {
                return false;
            }
            hides |= offset == UNREAD || (offset >= 0 && offset < tombstone.offset());
        }
        return hides;
    }

    /** @return false when there may be more of them than are looked at, or it is not known */
    private boolean findVersions(Candidate candidate) {
        try {
            return log.keys().find(candidate.hash(), 0, Long.MAX_VALUE, VERSIONS_MAX, versions) < VERSIONS_MAX;
        } catch (IOException e) {
            versions.clear();
            return false;
        }
    }

    /**
     * @return the offset of the record at a position; {@link #NO_VERSION} when that is not where the queue has a message of that
     *     key; {@link #UNREAD} when the disk does not say
     */
    private long offsetOfVersion(Candidate candidate, long position, ReadScratch scratch) {
        Found<Long> found = new Found<>();
        Reading reading = log.reader()
                .tryReadAt(
                        candidate.queueNo(),
                        position,
                        (buffer, index, length, offset) -> {
                            String key = CompactionKey.of(record.wrap(buffer, index, length));
                            if (key != null && key.equals(candidate.key())) {
                                found.result = offset;
                            }
                            return true;
                        },
                        scratch);
        if (reading == Reading.UNREADABLE) {
            return UNREAD;
        }
        Long offset = found.result;
        return offset != null && isAt(candidate.queueNo(), offset, position) ? offset : NO_VERSION;
    }

    private boolean isAt(int queueNo, long offset, long position) {
        return log.queues().copy(queueNo, offset, 1, entry) == 1
                && entry.firstOffset() == offset
                && entry.position(0) == position;
    }

    private static final class Found<T> {
        private @Nullable T result;
    }
}
