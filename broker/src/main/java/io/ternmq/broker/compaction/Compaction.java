package io.ternmq.broker.compaction;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.CompactionKey;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.InternalCommand;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.copy.MessageCopier;
import io.ternmq.broker.state.ShardState;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogReader.Reading;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.protocol.message.MessageRecord;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest message of each key when retention takes a part of the log: has that part surveyed, and moves what must
 * stay. Shard thread only, but for {@link #survey}.
 */
public final class Compaction implements Carrier {
    /** Of what would be freed, at most this part may have to be moved; else it would only be copied to and fro. */
    private static final double MOVED_SHARE_MAX = 0.75;
    /** The list of messages to be moved, at a time; one or two bytes each. */
    static final int SURVIVOR_BYTES_MAX = 4 * 1024 * 1024;
    /**
     * What one command moves at most, since each is read from the oldest part of the log; by bytes, but for the last one's
     * overhang.
     */
    private static final int COUNT_MAX = 64;

    private static final long BYTES_MAX = 256 * 1024;
    /** What the disk does not give is tried again as often, and as long; then it is damage like any other, and goes. */
    private static final long TRY_AGAIN_MS = 1_000;

    private static final long TRIED_MS_MAX = 60_000;

    private final CommitLog log;
    private final ShardState state;
    private final int survivorBytesMax;
    private final ReadScratch scratch = new ReadScratch();
    private final IndexEntries entry = new IndexEntries(1);
    private final MessageRecord record = new MessageRecord();
    private final MessageCopier copier = new MessageCopier();
    private final ReadScratch surveyScratch = new ReadScratch();
    private final ReadScratch versionScratch = new ReadScratch();
    private volatile @Nullable Survey survey;
    private boolean carrying;
    /** Whether the list of survivors stands at one that is still to be moved. */
    private boolean atSurvivor;
    /** When to try again what could not be read, and until when; 0 while everything could. */
    private long tryAgainMs;

    private long triedUntilMs;

    /** Compacts the topics of that state. */
    public Compaction(CommitLog log, ShardState state) {
        this(log, state, SURVIVOR_BYTES_MAX);
    }

    Compaction(CommitLog log, ShardState state, int survivorBytesMax) {
        this.log = log;
        this.state = state;
        this.survivorBytesMax = survivorBytesMax;
    }

    /** Does a little of the survey that is wanted. The log's background thread. @return whether there may be more to do */
    public boolean survey() {
        Survey wanted = survey;
        if (wanted == null || wanted.isDone()) {
            return false;
        }
        wanted.work(surveyScratch, versionScratch);
        return true;
    }

    /**
     * Says how far retention may go. The answer to a new position comes later, when it was surveyed; it is asked for again.
     *
     * @param startPosition where the log begins
     * @param position where retention wants it to begin
     * @return a position that was surveyed, {@code position} or one before; {@code startPosition} when it is not known yet,
     *     or when next to all that would be freed had to be moved
     */
    public long surveyed(long startPosition, long position) {
        int[] queueNos = state.topics().compactedQueues();
        Survey known = survey;
        if (queueNos.length == 0) {
            survey = null;
            return position;
        }
        if (known == null || !known.answers(queueNos, startPosition, position)) {
            begin(queueNos, position);
            return startPosition;
        }
        if (!known.isDone()) {
            return startPosition;
        }
        if (known.liveBytes() <= MOVED_SHARE_MAX * (known.before() - startPosition)) {
            return known.before();
        }
        if (position > known.before()) {
            begin(queueNos, position);
        }
        return startPosition;
    }

    private void begin(int[] queueNos, long before) {
        survey = new Survey(log, queueNos, before, survivorBytesMax);
        carrying = false;
        log.wakeBackground();
    }

    @Override
    public boolean carry(long before, Consumer<Command> executor) {
        Survey known = survey;
        if (known == null || known.before() != before) {
            return true;
        }
        if (!known.isDone() || !log.takesMoves()) {
            return false;
        }
        if (!carrying) {
            carrying = true;
            tryAgainMs = 0;
            triedUntilMs = 0;
            atSurvivor = known.survivors().advance();
        }
        if (atSurvivor) {
            executor.accept(new InternalCommand(decision -> move(decision, known)));
            return false;
        }
        if (!log.movesSettled()) {
            return false;
        }
        if (!known.isComplete()) {
            begin(known.queueNos(), before);
            return false;
        }
        survey = null;
        return true;
    }

    private void move(Decision decision, Survey known) {
        if (decision.nowMs() < tryAgainMs) {
            return;
        }
        Survivors survivors = known.survivors();
        long bytes = 0;
        for (int i = 0; i < COUNT_MAX && atSurvivor && bytes < BYTES_MAX; i++) {
            long movedBytes = move(decision, survivors.queueNo(), survivors.offset(), known.before());
            if (movedBytes < 0) {
                return;
            }
            bytes += movedBytes;
            atSurvivor = survivors.advance();
        }
    }

    /** @return bytes moved; 0 when it need not or cannot be moved; -1 when it is to be tried again: no room for it, or unreadable */
    private long move(Decision decision, int queueNo, long offset, long before) {
        boolean isThere = decision.state().topics().isCompacted(queueNo)
                && log.queues().copy(queueNo, offset, 1, entry) == 1
                && entry.firstOffset() == offset
                && !entry.isHole(0)
                && entry.position(0) < before;
        if (!isThere) {
            return 0;
        }
        int size = entry.size(0);
        if (!log.hasRoom(size + (long) CommitLog.tableBytes(MessageCopier.KEYS_MAX + 1), true)) {
            return -1;
        }
        Reading reading = log.reader()
                .readEntry(
                        entry,
                        0,
                        (buffer, index, length, itsOffset) -> {
                            decision.move(message(buffer, index, length, queueNo), queueNo);
                            return true;
                        },
                        scratch);
        if (reading == Reading.UNREADABLE && isTriedAgain(decision.nowMs())) {
            return -1;
        }
        return reading == Reading.READ ? size : 0;
    }

    private boolean isTriedAgain(long nowMs) {
        if (triedUntilMs == 0) {
            triedUntilMs = nowMs + TRIED_MS_MAX;
        }
        tryAgainMs = nowMs + TRY_AGAIN_MS;
        return nowMs < triedUntilMs;
    }

    private EncodedMessage message(DirectBuffer buffer, int index, int length, int queueNo) {
        record.wrap(buffer, index, length);
        long[] keyHashes = copier.keyHashes(record);
        String key = CompactionKey.of(record);
        if (key != null) {
            keyHashes = CompactionKey.with(keyHashes, CompactionKey.hash(queueNo, key));
        }
        return new EncodedMessage(buffer, index, length, entry.tagHash(0), keyHashes);
    }
}
