package io.ternmq.log;

import io.ternmq.log.index.KeyIndex;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.log.storage.LogDirectory;
import io.ternmq.protocol.message.MessageRecordLayout;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a shard: batches of records are appended, forced and published; readers see what is published.
 *
 * <pre>{@code
 *   beginBatch(time)
 *     beginCommand() appendMessage(…) appendControl(…) endCommand()     records are never split from their command
 *     beginCommand() …
 *   write()      to the files
 *   force()      to the disk
 *   publish(end) to readers
 * }</pre>
 *
 * One thread writes: every method belongs to it unless it says otherwise. An appended message is in the indexes at once,
 * so the writer decides on what it has just appended; readers ignore what is not published. When a write or force fails,
 * {@link LogFailedException} is thrown, now and for every later write: the log must be closed and opened anew.
 */
public final class CommitLog implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String INDEX = "index";
    static final String SEGMENTS = "log";

    /** A batch is handed to the file early when it is this large, though not yet forced or published. */
    private static final int SPILL_BYTES = 1024 * 1024;
    /** Queues looked at in one call. */
    private static final int SWEEP_ROWS = 256;

    /** So many moved messages wait to be on the disk at most, before the next may be moved. */
    private static final int MOVES_MAX = 4_096;

    private static final long WAIT_NS = 200_000;

    private final LogSettings settings;
    private final Closeable lock;
    private final DurableMark durable;
    private final SegmentFiles files;
    private final Indexes indexes;
    private final EntryBuilder entries;
    private final Failure failure;
    private final LogForce force;
    private final Room room;
    private final Damage damage;
    private final LogReader reader;
    private final Checkpoints checkpoints;
    private final CheckpointRun checkpointRun;
    private final Retention retention;
    private final LateForce lateForce;
    private final Scrubber scrubber;
    private final CheckpointWriter checkpointWriter;
    private final Maintenance maintenance;
    /** Moves and the slices of a checkpoint take turns. */
    private boolean checkpointsTurn;

    private final PublishedBounds bounds = new PublishedBounds();
    private RecoveryReport report = new RecoveryReport(0, 0, 0, 0, 0, 0, false, null);
    private @Nullable String readOnlyReason;
    private List<UnreadPages.Part> unread = List.of();

    private CommitLog(
            LogDirectory directory, LogSettings settings, LogState state, EpochClock clock, LogListener listener)
            throws IOException {
        this.settings = settings;
        lock = directory.lock(LOCK);
        try {
            durable = DurableMark.open(directory);
            files = new SegmentFiles(directory.child(SEGMENTS), settings.segmentBytes());
            indexes = new Indexes(directory.child(INDEX), bounds, settings.keyRunEntries());
            entries = new EntryBuilder(2 * settings.commandBytesMax() + 2 * SPILL_BYTES);
            failure = new Failure(listener);
            force = new LogForce(files, durable, failure);
            room = new Room(files, () -> indexes.queues().makeRoom(), settings, clock, listener);
            damage = new Damage(listener);
            EntryAround entryAround = new EntryAround(force::logId);
            reader = new LogReader(files, indexes, damage, bounds, settings, entryAround);
            checkpoints = new Checkpoints(directory);
            checkpointRun = new CheckpointRun(indexes, state);
            retention = new Retention(files, checkpoints, settings.retention(), entryAround);
            lateForce = new LateForce(force);
            scrubber = new Scrubber(files, force, damage, settings.scrubBytesPerSecond());
            checkpointWriter = new CheckpointWriter(checkpointRun, checkpoints, indexes, force, listener);
            maintenance = new Maintenance(clock, failure, () -> files.writtenPosition() + scrubber.position());
            maintenance.add(new ZeroFill(files, room, failure, settings));
            maintenance.add(lateForce);
            maintenance.add(checkpointWriter);
            maintenance.add(new SegmentDeletion(files, listener));
            maintenance.add(new IndexUpkeep(indexes, checkpoints));
            maintenance.add(scrubber);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Opens a log, or makes a new one where there is none. Recovers: the newest good checkpoint is restored, entries
     * behind it are replayed (messages into the indexes, control records to {@code state}), a torn tail is cut, and what
     * was found is forced and published before this returns.
     *
     * @param directory the shard's folder
     * @throws io.ternmq.log.storage.DirectoryLockedException when another process has it open, with that process's id
     * @throws LogRefusedException when it cannot be opened without losing what was written; says what to do
     * @throws IOException when a file cannot be read or written
     */
    public static CommitLog open(
            LogDirectory directory, LogSettings settings, LogState state, EpochClock clock, LogListener listener)
            throws IOException {
        CommitLog log = new CommitLog(directory, settings, state, clock, listener);
        try {
            state.attach(log);
            log.recover(state, listener);
        } catch (IOException | RuntimeException e) {
            log.closeFiles();
            throw e;
        }
        if (settings.backgroundThread()) {
            log.maintenance.start();
        }
        return log;
    }

    private void recover(LogState state, LogListener listener) throws IOException {
        Recovery recovery = new Recovery(indexes, state, files, durable, checkpoints, damage, bounds);
        Recovery.Outcome outcome = recovery.run(settings.newLogId());
        long end = outcome.next().position();
        entries.resume(outcome.logId(), outcome.next());
        force.resume(outcome.logId(), end);
        scrubber.resume(outcome.logId(), files.startPosition());
        checkpointRun.resume(outcome.report().checkpointPosition());
        report = outcome.report();
        readOnlyReason = report.readOnlyReason();
        unread = outcome.unread();
        trim(Math.max(bounds.startPosition(), files.startPosition()));
        bounds.commit(end);
        if (report.tornBytes() > 0) {
            listener.tornTailCut(end, report.tornBytes());
        }
    }

    /** @return what opening found */
    public RecoveryReport recoveryReport() {
        return report;
    }

    /** @return why nothing may be appended but by {@link #acceptDamage}, or null when all is well */
    public @Nullable String readOnlyReason() {
        return readOnlyReason;
    }

    /**
     * Writes, forces and publishes a record that says: the operator knows of the damage and wants to write on. Every
     * later replay knows it too. What could not be read is overwritten before: were it there again later, what is decided from
     * now on would contradict it. Nothing happens when nothing is to be accepted.
     */
    public void acceptDamage() {
        if (readOnlyReason == null) {
            return;
        }
        beginBatch(entries.timeMs());
        try {
            files.bury(unread);
        } catch (IOException e) {
            throw failure.fail("write over what cannot be read", e);
        }
        beginCommand();
        UnsafeBuffer payload = new UnsafeBuffer(new byte[Long.BYTES]);
        entries.appendControl(RecordKind.DAMAGE_ACCEPTED, payload, 0, payload.capacity());
        endCommand();
        long end = write();
        force();
        publish(end);
        readOnlyReason = null;
    }

    // ---- a batch

    /**
     * Begins a batch.
     *
     * @param timeMs the time of its records; an earlier time than the last batch's becomes that one
     */
    public void beginBatch(long timeMs) {
        failure.check();
        entries.time(timeMs);
    }

    /** @return the time that records appended now get; milliseconds of the epoch, never going back */
    public long lastTimeMs() {
        return entries.timeMs();
    }

    /** Begins a command: its records go into one entry, so that a crash leaves all of them or none. */
    public void beginCommand() {
        failure.check();
    }

    /**
     * Appends a message and puts it into the indexes. Its queue offset is {@code queues().nextOffset(queueNo)} as it was
     * before the call.
     *
     * @param src a record with holes, {@code length} bytes from {@code index} on; it is copied, not changed
     * @param tagHash 0 when it has no tag
     * @param keyHashes the first {@code keyHashCount}, at most 255, are the keys it is found by
     * @return the record's position
     */
    public long appendMessage(
            DirectBuffer src, int index, int length, int queueNo, int tagHash, long[] keyHashes, int keyHashCount) {
        requireWithin("record bytes", length, settings.recordBytesMax());
        requireWithin("key hashes", keyHashCount, EntryLayout.KEYS_MAX);
        long offset = indexes.queues().nextOffset(queueNo);
        long position = entries.appendMessage(src, index, length, offset);
        entries.addDestination(queueNo, offset, tagHash);
        entries.addKeys(keyHashes, keyHashCount);
        try {
            indexes.queues().append(queueNo, position, length, entries.lastChecksum(), tagHash);
            indexes.keys().append(keyHashes, keyHashCount, position, entries.timeMs());
        } catch (UncheckedIOException e) {
            throw failure.fail("write of an index", e);
        }
        return position;
    }

    /**
     * Says whether a message may be moved now: not while many that were moved are still on their way to the disk, and not when
     * it is the turn of a checkpoint, whose slices have to wait for moves.
     */
    public boolean takesMoves() {
        return indexes.queues().movesWaiting() < MOVES_MAX && !(checkpointsTurn && checkpointRun.hasSlicesLeft());
    }

    /** @return whether every moved message is found at its new position */
    public boolean movesSettled() {
        return indexes.queues().movesWaiting() == 0;
    }

    /**
     * Appends a message that is in the log once more: same queue, same offset, new position. It is found there once the
     * record is on the disk, at one of the next calls of {@link #workOnCheckpoint}; only then may the log be trimmed. To be
     * called while {@link #takesMoves}.
     *
     * @param src the whole record, {@code length} bytes from {@code index} on; all but its position is kept
     * @param queueNo the queue that it is in
     * @param tagHash 0 when it has no tag
     * @param keyHashes at most 255, the keys it is found by
     * @return the record's new position
     */
    public long appendMoved(DirectBuffer src, int index, int length, int queueNo, int tagHash, long... keyHashes) {
        requireWithin("record bytes", length, settings.recordBytesMax());
        requireWithin("key hashes", keyHashes.length, EntryLayout.KEYS_MAX);
        long offset = src.getLong(index + MessageRecordLayout.QUEUE_OFFSET, ByteOrder.BIG_ENDIAN);
        checkpointsTurn = true;
        long position = entries.appendMoved(src, index, length);
        entries.addDestination(queueNo, offset, tagHash);
        entries.addKeys(keyHashes, keyHashes.length);
        try {
            indexes.queues().move(queueNo, offset, position, length, entries.lastChecksum(), tagHash);
            indexes.keys().append(keyHashes, keyHashes.length, position, entries.timeMs());
        } catch (UncheckedIOException e) {
            throw failure.fail("write of an index", e);
        }
        return position;
    }

    private boolean settleMoves() {
        return indexes.queues().settleMoves(Math.min(force.forcedPosition(), bounds.committedPosition())) == 0;
    }

    /**
     * Appends a control record. The caller applies it to its own state.
     *
     * @param kind 1 to 127; the caller's to give, never used for another meaning again
     * @return the record's position
     */
    public long appendControl(int kind, DirectBuffer src, int index, int length) {
        if (kind < RecordKind.OWNER_MIN || kind > RecordKind.OWNER_MAX) {
            throw new IllegalArgumentException(
                    "kind: " + kind + " (expected: " + RecordKind.OWNER_MIN + ".." + RecordKind.OWNER_MAX + ")");
        }
        requireWithin("record bytes", length, settings.recordBytesMax());
        return entries.appendControl(kind, src, index, length);
    }

    private static void requireWithin(String name, int value, int max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0.." + max + ")");
        }
    }

    /** Ends the command. */
    public void endCommand() {
        if (entries.entryBytes() >= settings.entryBytes()) {
            entries.closeEntry();
        }
        if (entries.closedBytes() >= SPILL_BYTES) {
            boolean unused = spill(); // if it has no room now, it has perhaps at the batch's end
        }
    }

    /** @return whether the disk had room for all of it; else it waits in the buffer */
    private boolean spill() {
        entries.closeEntry();
        try {
            files.append(entries);
        } catch (IOException e) {
            if (room.isStalledBy(entries.pendingBytes())) {
                return false;
            }
            throw failure.fail("write of the log", e);
        }
        entries.written();
        room.written();
        return true;
    }

    /**
     * Writes the batch to the files; a disk without room for it is a failure like any other.
     *
     * @return the log's end, which {@link #publish} takes once it is committed
     */
    public long write() {
        if (!tryWrite()) {
            throw failure.fail("write of the log", new IOException("no room on the disk"));
        }
        return endPosition();
    }

    /**
     * Writes the batch to the files, if the disk has room for it. Where it has not, nothing is lost: the batch is kept, nothing
     * else may be appended, {@link #hasRoom} says so, and this is to be called again.
     *
     * @return whether all is written, up to {@link #endPosition}
     */
    public boolean tryWrite() {
        failure.check();
        if (!spill()) {
            return false;
        }
        if (room.wantsFill()) {
            maintenance.wake();
        }
        return true;
    }

    /** Returns once everything written is on the disk: one force for all that came since the last one. */
    public void force() {
        force.force();
    }

    /** As {@link #force}, for those who answer first: {@link #noteForced} must follow. */
    public void forceRecords() {
        force.forceRecords();
    }

    /** Notes on the disk how far {@link #forceRecords} has come. */
    public void noteForced() {
        force.note();
    }

    /** Asks the maintenance thread to force what is written until now. For logs whose owner does not wait for the disk. */
    public void forceInBackground() {
        failure.check();
        lateForce.request();
        maintenance.wake();
    }

    /** @return up to where the log is known to be on the disk. Any thread */
    public long durablePosition() {
        return force.forcedPosition();
    }

    /** Shows readers everything before the position. */
    public void publish(long position) {
        bounds.commit(position);
    }

    /** @return what a message takes in its entry's table, beside its record */
    public static int tableBytes(int keyHashCount) {
        return EntryLayout.ROW_BYTES + EntryLayout.DESTINATION_BYTES + keyHashCount * EntryLayout.KEY_BYTES;
    }

    /** @return the largest record */
    public int recordBytesMax() {
        return settings.recordBytesMax();
    }

    /**
     * Says whether there is room; asked before anything is appended.
     *
     * @param bytes what would be appended, with {@link #tableBytes} for each message
     * @param carried true for control records and what the log carries along, which may use the disk's reserve and, behind
     *     that, what was filled with zeros ahead
     * @return false when the disk is full
     */
    public boolean hasRoom(long bytes, boolean carried) {
        return room.holds(bytes + entries.pendingBytes() + EntryLayout.HEADER_BYTES, carried);
    }

    // ---- positions and readers: any thread

    /** @return behind the last published record. Any thread */
    public long committedPosition() {
        return bounds.committedPosition();
    }

    /** @return where the log begins; retention moves it. Any thread */
    public long startPosition() {
        return bounds.startPosition();
    }

    /** @return behind the last appended record, written or not */
    public long endPosition() {
        return entries.endPosition();
    }

    /** @return finds messages by queue and offset */
    public QueueIndex queues() {
        return indexes.queues();
    }

    /** @return finds messages by key */
    public KeyIndex keys() {
        return indexes.keys();
    }

    /** @return reads messages. Any of the engine's threads */
    public LogReader reader() {
        return reader;
    }

    /** @return how many damaged places were met since the log was opened. Any thread */
    public long damageCount() {
        return damage.count();
    }

    // ---- housekeeping

    /**
     * Does a little of what must be done between batches: begins a checkpoint when one is due, writes a few of its slices,
     * frees a few index blocks, notes where moved messages are now.
     *
     * @return how much was done; call again soon while it is not 0
     */
    public int workOnCheckpoint(long nowMs) {
        if (!settleMoves()) {
            forceInBackground();
            return 0;
        }
        checkpointsTurn = false;
        ChainLink next = entries.nextLink();
        if (readOnlyReason == null && checkpointRun.due(nowMs, next.position(), settings.checkpoint())) {
            checkpointRun.start(nowMs, next, bounds.startPosition());
        }
        int sliceCount = checkpointRun.work(next.position());
        if (sliceCount > 0) {
            maintenance.wake();
        }
        return sliceCount + indexes.queues().sweep(SWEEP_ROWS);
    }

    /**
     * Writes a checkpoint of everything that was written, and waits for it; between batches, at a clean stop for
     * example. Nothing happens when the newest one knows all, or when the log is read-only.
     *
     * @return whether the newest checkpoint knows everything now
     */
    public boolean checkpointNow(long nowMs) {
        finishCheckpoint();
        ChainLink next = entries.nextLink();
        if (readOnlyReason == null && !checkpointRun.nothingNew(next.position())) {
            checkpointRun.start(nowMs, next, bounds.startPosition());
            finishCheckpoint();
        }
        return checkpoints.newestPosition() == next.position();
    }

    private void finishCheckpoint() {
        if (!settleMoves()) {
            force();
            settleMoves();
        }
        while (checkpointRun.task() != null) {
            failure.check();
            checkpointRun.work(entries.nextLink().position());
            if (maintenance.hasThread()) {
                maintenance.wake();
                LockSupport.parkNanos(WAIT_NS);
            } else {
                maintenance.doWork();
            }
        }
    }

    /**
     * Where retention wants the log to begin: a segment's first position, behind two verified checkpoints.
     *
     * @param neededPosition what lies there or behind is needed; {@link Long#MAX_VALUE} when nothing is
     * @return the {@link #startPosition} when there is nothing to delete
     */
    public long retentionPosition(long nowMs, long neededPosition) {
        return Math.max(bounds.startPosition(), retention.position(nowMs, neededPosition));
    }

    /** Lets the log begin at a position; segments before it are deleted when their readers have gone. Called from apply. */
    public void trim(long position) {
        if (position > bounds.startPosition()) {
            bounds.start(position);
        }
        files.trim(position);
    }

    /**
     * Adds work of the owner to what the log does in the background, a little at a time; for work that may wait for the
     * disk. It must not throw anything that is no bug.
     *
     * @param work returns whether something was done, and there may be more
     */
    public void addBackgroundWork(BooleanSupplier work) {
        maintenance.add(nowMs -> work.getAsBoolean());
    }

    /** Lets the background work begin soon. Any thread */
    public void wakeBackground() {
        maintenance.wake();
    }

    /**
     * Does one round of background work. Only for logs without a thread of their own.
     *
     * @return whether something was done
     */
    public boolean maintain() {
        return maintenance.doWork();
    }

    /** Forces what is written, ends the thread and closes the files. Does nothing to what is only appended. */
    @Override
    public void close() throws IOException {
        maintenance.stop();
        try {
            if (!failure.failed()) {
                force();
            }
        } finally {
            closeFiles();
        }
    }

    @SuppressWarnings("try") // each is closed, whatever the others do
    private void closeFiles() throws IOException {
        try (Closeable unlocks = lock;
                DurableMark mark = durable;
                SegmentFiles segments = files;
                Indexes index = indexes) {
            checkpointWriter.close();
            scrubber.close();
            entries.close();
        }
    }
}
