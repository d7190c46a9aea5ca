package io.ternmq.broker.lease;

import io.ternmq.broker.record.OpenMessage;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** How one group stands in one queue. Shard thread only. */
final class QueueLeases {
    /** So many messages of a queue are open at most; further ones wait until some are done. */
    static final int OPEN_MAX = 8_192;
    /** So many of them are for those who take from another topic at most: whether these come at all is not known. */
    private static final int RESERVED_MAX = OPEN_MAX / 2;
    /** One record allows so many hand-outs. */
    static final int MARK_AHEAD = 1_024;
    /** So many index entries are looked at for one request in search of what its filter passes. */
    private static final int SCAN_MAX = 4_096;
    /** New messages are looked at so many times for one request in search of one that has its turn. */
    private static final int ADMISSIONS_MAX = 16;

    private final TopicLeases topic;
    private final int queueId;
    private final int queueNo;
    private final Long2ObjectHashMap<Lease> open = new Long2ObjectHashMap<>();
    private final Lines lines = new Lines();
    private @Nullable KeyChains chains;
    private long floorOffset;
    private long nextOffset;
    private long markOffset;
    private long invisibleMs;
    private int reservedCount;
    private boolean changed;
    private boolean handedOutSinceNote;

    /** @param floorOffset everything before is done */
    QueueLeases(TopicLeases topic, int queueId, int queueNo, long floorOffset) {
        this.topic = topic;
        this.queueId = queueId;
        this.queueNo = queueNo;
        this.floorOffset = floorOffset;
        this.nextOffset = floorOffset;
        this.markOffset = floorOffset;
    }

    TopicLeases topic() {
        return topic;
    }

    int queueId() {
        return queueId;
    }

    int queueNo() {
        return queueNo;
    }

    /** Everything before is done. */
    long floorOffset() {
        return floorOffset;
    }

    /** The first offset that was never handed out. */
    long nextOffset() {
        return nextOffset;
    }

    long lastPopTimeMs() {
        return open.values().stream().mapToLong(Lease::popTimeMs).max().orElse(0);
    }

    @Nullable
    Lease lease(long offset) {
        return open.get(offset);
    }

    /** Goes on as the log remembers it. What may be in somebody's hands is out of sight as long as such a lease may last. */
    void restore(QueueStanding noted, long lastOffset, long nowMs) {
        markOffset = noted.markOffset();
        invisibleMs = noted.invisibleMs();
        nextOffset = Math.max(nextOffset, Math.min(noted.nextOffset(), lastOffset));
        noted.open().forEach(message -> reopen(message, nowMs));
        long handedOutEnd = Math.min(markOffset, lastOffset);
        while (nextOffset < handedOutEnd && open.size() < OPEN_MAX) {
            if (!open.containsKey(nextOffset)) {
                reopen(new OpenMessage(nextOffset, 1, 0), nowMs);
            }
            nextOffset++;
        }
        advanceFloor();
        touch();
    }

    private void reopen(OpenMessage message, long nowMs) {
        if (message.offset() >= floorOffset) {
            Lease lease = new Lease(this, message.offset());
            long deadlineMs = message.isHeld() ? nowMs + invisibleMs : message.visibleMs();
            lease.restore(message, deadlineMs, topic.deadlines());
            open.put(message.offset(), lease);
        }
    }

    /** Chooses messages that are to be handed out again. */
    void chooseAgain(HandOut handOut, IntPredicate tagFilter, QueueIndex queues, IndexEntries entries) {
        Predicate<Lease> chosen =
                lease -> !handOut.isFull() && chooseIfThere(lease, handOut, tagFilter, queues, entries);
        if (topic.name().equals(handOut.topic())) {
            lines.reservedTopics().forEach(takers -> lines.take(takers, chosen));
        } else {
            lines.take(handOut.topic(), chosen);
        }
        lines.take(null, chosen);
    }

    /** @return false when it is there and does not fit */
    private boolean chooseIfThere(
            Lease lease, HandOut handOut, IntPredicate tagFilter, QueueIndex queues, IndexEntries entries) {
        boolean known = queues.copy(queueNo, lease.offset(), 1, entries) == 1
                && entries.firstOffset() == lease.offset()
                && !entries.isHole(0);
        if (!known || !tagFilter.test(entries.tagHash(0))) {
            close(lease);
            return true;
        }
        if (!handOut.fits(entries.size(0))) {
            return false;
        }
        handOut.add(lease, entries.size(0));
        return true;
    }

    /**
     * Chooses messages of one ordering key, the first that have their turn.
     *
     * @return false when it stopped in search of one: there may be more
     */
    boolean chooseOrdered(
            HandOut handOut, IntPredicate tagFilter, QueueIndex queues, IndexEntries entries, OrderingKeys keys) {
        KeyChains ordered = chains == null ? begunOrder(keys) : chains;
        for (int admissions = 0; admissions <= ADMISSIONS_MAX; admissions++) {
            Lease first = firstInTurn(ordered);
            if (first != null) {
                for (Lease lease : List.copyOf(ordered.of(first))) {
                    if (handOut.isFull()
                            || !lease.isVisible()
                            || !chooseIfThere(lease, handOut, tagFilter, queues, entries)) {
                        break;
                    }
                }
                if (!handOut.isEmpty()) {
                    return true;
                }
            } else if (open.size() >= OPEN_MAX || !admit(ordered, tagFilter, queues, entries, keys)) {
                return true;
            }
        }
        return false;
    }

    /** From now on what is handed out is in the order of its key. */
    private KeyChains begunOrder(OrderingKeys keys) {
        KeyChains ordered = new KeyChains();
        chains = ordered;
        open.values().stream().sorted(Comparator.comparingLong(Lease::offset)).forEach(lease -> {
            int unused = keys.read(queueNo, lease.offset(), 1);
            ordered.add(lease, keys.isKnown(0) ? keys.key(0) : 0);
        });
        return ordered;
    }

    private @Nullable Lease firstInTurn(KeyChains ordered) {
        for (Lease lease = lines.pollCommon(); lease != null; lease = lines.pollCommon()) {
            if (ordered.isFirst(lease)) {
                return lease;
            }
            lease.moveTo(Lease.Place.BLOCKED, topic.deadlines());
        }
        return null;
    }

    /** Lets some new messages join the messages of their keys. @return whether there were any */
    private boolean admit(
            KeyChains ordered, IntPredicate tagFilter, QueueIndex queues, IndexEntries entries, OrderingKeys keys) {
        int copied = queues.copy(queueNo, nextOffset, OrderingKeys.COUNT_MAX, entries);
        if (entries.firstOffset() > nextOffset) {
            skipTo(entries.firstOffset());
        }
        int count = copied == 0 ? 0 : keys.read(queueNo, entries.firstOffset(), copied);
        for (int i = 0; i < count; i++) {
            if (entries.isHole(i) || !keys.isKnown(i) || !tagFilter.test(entries.tagHash(i))) {
                skipTo(entries.offset(i) + 1);
            } else {
                Lease lease = new Lease(this, entries.offset(i));
                open.put(lease.offset(), lease);
                nextOffset = lease.offset() + 1;
                ordered.add(lease, keys.key(i));
                putInLine(lease);
            }
        }
        return count > 0;
    }

    /**
     * Chooses messages that were never handed out; those that the filter refuses are done.
     *
     * @return false when it stopped in search of one: there may be more
     */
    boolean chooseNew(HandOut handOut, IntPredicate tagFilter, QueueIndex queues, IndexEntries entries) {
        int scanned = 0;
        while (!handOut.isFull() && open.size() < OPEN_MAX) {
            if (scanned >= SCAN_MAX) {
                return false;
            }
            int count = queues.copy(queueNo, nextOffset, entries.capacity(), entries);
            if (entries.firstOffset() > nextOffset) {
                skipTo(entries.firstOffset());
            }
            if (count == 0) {
                return true;
            }
            scanned += count;
            if (!chooseNew(handOut, tagFilter, entries)) {
                return true;
            }
        }
        return true;
    }

    /** @return false when no more may come with it */
    private boolean chooseNew(HandOut handOut, IntPredicate tagFilter, IndexEntries entries) {
        for (int i = 0; i < entries.count(); i++) {
            if (entries.isHole(i) || !tagFilter.test(entries.tagHash(i))) {
                skipTo(entries.offset(i) + 1);
                continue;
            }
            if (handOut.isFull() || open.size() >= OPEN_MAX || !handOut.fits(entries.size(i))) {
                return false;
            }
            Lease lease = new Lease(this, entries.offset(i));
            open.put(lease.offset(), lease);
            handOut.add(lease, entries.size(i));
            nextOffset = lease.offset() + 1;
            if (chains != null) {
                chains.add(lease, lease.offset()); // taken without order: a key of its own
            }
        }
        return true;
    }

    private void skipTo(long offset) {
        nextOffset = offset;
        if (open.isEmpty()) {
            floorOffset = offset;
        }
        touch();
    }

    /**
     * Somebody got messages.
     *
     * @param leases they are held already
     * @return what must be recorded first, or null
     */
    @Nullable
    QueueStanding handedOut(List<Lease> leases, long leaseMs) {
        touch();
        handedOutSinceNote = true;
        List<OpenMessage> again = noted(leases.stream().filter(Lease::isNotedOtherwise));
        if (nextOffset <= markOffset && leaseMs <= invisibleMs && again.isEmpty()) {
            return null;
        }
        if (nextOffset > markOffset) {
            markOffset = nextOffset + MARK_AHEAD;
        }
        invisibleMs = Math.max(leaseMs, invisibleMs);
        return new QueueStanding(topic.group(), topic.name(), queueId, floorOffset, markOffset, invisibleMs, again);
    }

    /** The message is done. */
    void close(Lease lease) {
        lease.moveTo(Lease.Place.CLOSED, topic.deadlines());
        open.remove(lease.offset());
        if (lease.takers() != null) {
            reservedCount--;
        }
        Lease next = chains == null ? null : chains.remove(lease);
        if (next != null && next.isVisible()) {
            putInLine(next);
        }
        if (lease.offset() == floorOffset) {
            advanceFloor();
        }
        touch();
    }

    /** A lease came to its deadline. */
    void expired(Lease lease) {
        if (lease.attempts() > topic.retryMax()) {
            exhaust(lease);
        } else {
            putInLine(lease);
        }
        touch();
    }

    /** It did not arrive: that was no attempt. */
    void takeBack(Lease lease, long visibleMs) {
        lease.takeBack(visibleMs, topic.deadlines());
        touch();
    }

    /** It did not arrive, as it is for those who take from another topic. When they leave too many lie, it becomes a dead letter. */
    void handOver(Lease lease, String toTopic, long nowMs) {
        if (reservedCount >= RESERVED_MAX) {
            giveUp(lease, nowMs);
            return;
        }
        if (lease.takers() == null) {
            reservedCount++;
        }
        lease.reserve(toTopic);
        takeBack(lease, nowMs);
    }

    /** It did not arrive, and whoever is next may have it at once: that was no attempt. */
    void comesBack(Lease lease) {
        lease.uncount();
        putInLine(lease);
        touch();
    }

    /** Its holder gives it up: it becomes a dead letter. */
    void bury(Lease lease) {
        exhaust(lease);
        touch();
    }

    /** It did not arrive and becomes a dead letter. */
    void giveUp(Lease lease, long nowMs) {
        takeBack(lease, nowMs);
        exhaust(lease);
    }

    private void exhaust(Lease lease) {
        lease.moveTo(Lease.Place.EXHAUSTED, topic.deadlines());
        topic.exhausted(lease);
    }

    /**
     * Ends what nobody would: messages that are gone with their part of the log, and those that are for the takers of a topic
     * that is gone; these become dead letters.
     *
     * @param isTopic whether there is a topic of that name
     */
    void sweep(QueueIndex queues, Predicate<String> isTopic) {
        long minOffset = queues.minOffset(queueNo);
        if (floorOffset < minOffset) {
            open.values().stream()
                    .filter(lease -> lease.offset() < minOffset)
                    .toList()
                    .forEach(this::close);
        }
        for (String takers : lines.reservedTopics()) {
            if (!isTopic.test(takers)) {
                lines.take(takers, lease -> {
                    exhaust(lease);
                    return true;
                });
            }
        }
        lines.tidy();
    }

    /**
     * @param forTopic what is asked for: this queue's topic, or one whose takers get what comes back to the group besides
     * @return whether a message could be handed out, whatever its tag
     */
    boolean hasSome(QueueIndex queues, String forTopic) {
        return (open.size() < OPEN_MAX && nextOffset < queues.maxOffset(queueNo))
                || lines.hasCommon()
                || (topic.name().equals(forTopic) ? lines.hasReserved() : lines.hasReserved(forTopic));
    }

    /** Something of it has changed. */
    void touch() {
        if (!changed) {
            changed = true;
            topic.changed(this);
        }
    }

    private void putInLine(Lease lease) {
        if (chains != null && !chains.isFirst(lease)) {
            lease.moveTo(Lease.Place.BLOCKED, topic.deadlines());
            return;
        }
        lease.moveTo(Lease.Place.IN_LINE, topic.deadlines());
        lines.add(lease);
        topic.hasNews();
    }

    /** @return what is to be recorded of what has changed */
    QueueStanding note() {
        if (!handedOutSinceNote) {
            markOffset = nextOffset; // nobody was near it: a crash need not hide anything
        }
        changed = false;
        handedOutSinceNote = false;
        List<OpenMessage> messages = noted(open.values().stream());
        return new QueueStanding(topic.group(), topic.name(), queueId, nextOffset, markOffset, invisibleMs, messages);
    }

    private static List<OpenMessage> noted(Stream<Lease> leases) {
        return leases.map(Lease::note)
                .sorted(Comparator.comparingLong(OpenMessage::offset))
                .toList();
    }

    /** @return whether all is done, but a crash would hide what comes next for a while */
    boolean wantsOneMoreNote() {
        return open.isEmpty() && markOffset > nextOffset;
    }

    /** @return whether nothing would be lost if it were forgotten: it can be made of the committed offset */
    boolean isIdle() {
        return !changed && open.isEmpty() && markOffset <= nextOffset;
    }

    /** All leases end; nobody is told. */
    void forget() {
        open.values().forEach(lease -> lease.moveTo(Lease.Place.CLOSED, topic.deadlines()));
        open.clear();
        lines.clear();
        reservedCount = 0;
        chains = null;
    }

    private void advanceFloor() {
        if (open.isEmpty()) {
            floorOffset = nextOffset;
        } else {
            while (floorOffset < nextOffset && !open.containsKey(floorOffset)) {
                floorOffset++;
            }
        }
    }
}
