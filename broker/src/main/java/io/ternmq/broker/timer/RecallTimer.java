package io.ternmq.broker.timer;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.TimerCancelled;
import io.ternmq.broker.state.TimerSlots;
import io.ternmq.broker.state.Timers;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadLimits;
import io.ternmq.log.ReadResult;
import io.ternmq.log.ReadScratch;
import io.ternmq.log.TagFilter;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.protocol.message.MessageRecord;

/**
 * Cancels the timers that a key names, all of them where there are several. They are looked for in the slots that their
 * time allows: by a part of their key's hash in the index first, so that few messages are read. Answers how many are
 * cancelled now, those included that were cancelled before and whose time has not come.
 */
public final class RecallTimer extends Command {
    /** So many index entries are looked at in one round of the shard; then others have their turn. */
    static final int SCAN_COUNT_MAX = 16_384;

    private static final int COPIED_COUNT = 1_024;
    private static final ReadLimits ONE = new ReadLimits(1, 1, 1);

    private final LogReader reader;
    private final QueueIndex queues;
    private final TimerKey key;
    private final int keyTagHash;
    private final Outcome<Integer> outcome;
    private final IndexEntries entries = new IndexEntries(COPIED_COUNT);
    private final MessageRecord record = new MessageRecord();
    private int level = TimerSlots.LEVELS - 1;
    private long scannedOffset;
    private int cancelledCount;

    /** @param outcome hears how many there are; 0 says that none waits: delivered already, or never sent */
    public RecallTimer(LogReader reader, QueueIndex queues, TimerKey key, Outcome<Integer> outcome) {
        this.reader = reader;
        this.queues = queues;
        this.key = key;
        this.keyTagHash = key.tagHash(0);
        this.outcome = outcome;
    }

    @Override
    public void decide(Decision decision) {
        if (!decision.admitsRecords(this, Decision.RECORDS_BYTES)) {
            return;
        }
        try (ReadScratch scratch = new ReadScratch()) {
            if (!isFound(decision, scratch)) {
                decision.again(this);
            }
        }
    }

    /** @return whether everything was looked at; from the coarse slots to the fine ones, since that is how timers move */
    private boolean isFound(Decision decision, ReadScratch scratch) {
        Timers timers = decision.state().timers();
        long second = key.dueMs() / TimerSlots.SECOND_MS;
        int left = SCAN_COUNT_MAX;
        for (; level >= 0 && key.dueMs() >= timers.firedMs(); level--) {
            if (TimerSlots.holds(level, timers.hand(), second)) {
                int slot = TimerSlots.queueId(level, TimerSlots.slotOf(level, second));
                left -= cancelIn(decision, slot, left, scratch);
            }
            if (left <= 0) {
                return false;
            }
            scannedOffset = 0;
        }
        if (key.dueMs() < timers.firedMs()) { // sent at the last moment: it comes next
            scannedOffset = 0;
            int unused = cancelIn(decision, TimerSlots.queueId(0, timers.hand()), Integer.MAX_VALUE, scratch);
        }
        return true;
    }

    /** @return how many were looked at; as many as wanted when there may be more */
    private int cancelIn(Decision decision, int slot, int countMax, ReadScratch scratch) {
        int queueNo = PlaceTimer.topic(decision).queueNo(slot);
        long offset = Math.max(scannedOffset, decision.state().timers().cursor(slot));
        int scanned = 0;
        while (scanned < countMax && queues.copy(queueNo, offset, COPIED_COUNT, entries) > 0) {
            for (int i = 0; i < entries.count(); i++) {
                if (TimerKey.isSameKey(entries.tagHash(i), keyTagHash)
                        && waits(decision.state().timers(), slot, i)) {
                    cancel(decision, slot, queueNo, entries.offset(i), scratch);
                }
            }
            scanned += entries.count();
            offset = entries.firstOffset() + entries.count();
        }
        scannedOffset = offset;
        return scanned;
    }

    private boolean waits(Timers timers, int slot, int i) {
        if (entries.isHole(i)) {
            return false;
        }
        boolean isHand = slot == TimerSlots.queueId(0, timers.hand());
        long placedMs = timers.hand() * TimerSlots.SECOND_MS + TimerKey.millisOf(entries.tagHash(i));
        return !isHand || !timers.hasFired(placedMs, entries.offset(i));
    }

    private void cancel(Decision decision, int slot, int queueNo, long offset, ReadScratch scratch) {
        ReadResult unused = reader.read(
                queueNo,
                offset,
                ONE,
                TagFilter.ALL,
                (buffer, index, length, at) -> {
                    boolean isMeant =
                            TimerKey.of(record.wrap(buffer, index, length)).equals(key);
                    if (isMeant && !decision.state().timers().isCancelled(slot, offset)) {
                        decision.append(new TimerCancelled(slot, offset, key.topic()));
                    }
                    cancelledCount += isMeant ? 1 : 0;
                    return true;
                },
                scratch);
    }

    @Override
    protected void committed() {
        outcome.committed(cancelledCount);
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        outcome.refused(reason, detail);
    }
}
