package io.ternmq.log;

import java.io.IOException;

/**
 * Walks the entries behind a checkpoint up to the log's end, and says what is damage and what is a torn tail: behind the
 * known durable position the first thing that does not pass its checks, or does not chain, ends the log; before it,
 * it is damage, and the log goes on with the next entry that is good.
 */
final class ReplayScan {
    private final FoundSegments segments;
    private final EntryScan scan;
    private final Replay replay;
    private final Damage damage;
    /** What is at or behind it may be torn. */
    private final long durablePosition;
    /** False when the mark is missing: then damage is told from a torn tail only by good entries behind it. */
    private final boolean durableKnown;

    private ChainLink expected = ChainLink.FIRST;
    private boolean tailLost;

    ReplayScan(
            FoundSegments segments,
            EntryScan scan,
            Replay replay,
            Damage damage,
            long durablePosition,
            boolean durableKnown) {
        this.segments = segments;
        this.scan = scan;
        this.replay = replay;
        this.damage = damage;
        this.durablePosition = durableKnown ? durablePosition : Long.MAX_VALUE;
        this.durableKnown = durableKnown;
    }

    /** @return true when forced bytes at the log's end are missing or unreadable: the next entry goes behind them */
    boolean tailLost() {
        return tailLost;
    }

    /** @return what the next entry must continue */
    ChainLink run(ChainLink from) throws IOException {
        expected = from;
        boolean more = true;
        while (more) {
            more = step();
        }
        return expected;
    }

    private boolean step() throws IOException {
        long position = expected.position();
        boolean durable = position < durablePosition;
        Segment segment = segments.at(position);
        boolean readable = segment != null && readAt(segment, position);
        if (readable && scan.entry().continues(expected) && (durable || recordsAreGood())) {
            take();
            return true;
        }
        if (!durable) {
            tellUnread(position);
        }
        return durable && stepOverDamage(position, readable);
    }

    /** A torn tail is nothing to tell of, but that the disk does not give it may be. */
    private void tellUnread(long position) {
        UnreadPages unread = scan.unread();
        if (unread.hits(position, Long.MAX_VALUE)) {
            long end = unread.end();
            damage.report(position, end - position, unread.reason(position, end, "") + "; taken for a torn tail");
        }
    }

    private boolean readAt(Segment segment, long position) throws IOException {
        scan.in(segment);
        return scan.read(position);
    }

    private boolean recordsAreGood() {
        EntryView entry = scan.entry();
        entry.beginRows();
        while (entry.nextRow()) {
            if (!entry.recordIsGood()) {
                return false;
            }
        }
        return true;
    }

    private void take() {
        replay.entry(scan, damage);
        expected = scan.entry().next();
    }

    /**
     * Goes on with the next good entry.
     *
     * @return false when there is none
     */
    private boolean stepOverDamage(long position, boolean readable) throws IOException {
        String reason = readable ? "the entry does not continue the one before it" : scan.problem();
        long next = segments.resync(scan, position);
        while (next != EntryScan.NOT_FOUND && scan.entry().entryIndex() < expected.entryIndex()) {
            next = segments.resync(scan, next + 1);
        }
        if (next == EntryScan.NOT_FOUND) {
            return loseTail(position);
        }
        damage.report(position, next - position, reason);
        replay.entryDamaged(position, next);
        if (next >= durablePosition && !recordsAreGood()) {
            expected = new ChainLink(next, expected.entryIndex(), expected.previousChecksum(), expected.timeMs());
            return false;
        }
        take();
        return true;
    }

    private boolean loseTail(long position) {
        if (durableKnown) {
            tailLost = true;
            String reason = "the log ends before its durable position";
            damage.report(
                    position, durablePosition - position, scan.unread().reason(position, durablePosition, reason));
            replay.entryDamaged(position, durablePosition);
            expected = new ChainLink(
                    durablePosition, expected.entryIndex(), expected.previousChecksum(), expected.timeMs());
        }
        return false;
    }
}
