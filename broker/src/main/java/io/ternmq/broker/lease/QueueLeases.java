package io.ternmq.broker.lease;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.claim.DoneOffsets;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.record.OpenMessage;
import io.ternmq.broker.record.QueueStanding;
import io.ternmq.log.index.IndexEntries;
import io.ternmq.log.index.QueueIndex;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
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
    /** So many of them are for lanes at most; further ones of lanes are given to the base. */
    static final int LANED_MAX = OPEN_MAX / 2;
    /** Lanes that have nobody share the base's line when there are so many lines. */
    private static final int LINES_MAX = 64;
    /** So many messages of which nobody knows the lane are looked at for one request. */
    private static final int SORTED_MAX = 256;
    /** One record allows so many hand-outs. */
    static final int MARK_AHEAD = 1_024;
    /** So many index entries are looked at for one request in search of what its filter passes. */
    private static final int SCAN_MAX = 4_096;
    /** New messages are looked at so many times for one request in search of one that has its turn. */
    private static final int ADMISSIONS_MAX = 16;

    /** In no lane. */
    private static final Audience BASE = new Audience(null, "");

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
    private long askedMs;
    private long handedOutMs;
    private int reservedCount;
    private int lanedCount;
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

    /** Somebody of the base wants messages of it. */
    void asked(long nowMs) {
        askedMs = nowMs;
    }

    /** When somebody of the base wanted messages of it last. */
    long askedMs() {
        return askedMs;
    }

    /** Whether somebody works on a message of it. */
    boolean isInHands(long nowMs) {
        return open.values().stream().anyMatch(lease -> lease.isInHands(nowMs));
    }

    /** Whether messages of it were handed out since then, or one was put off. */
    boolean isWorkedOn(long sinceMs) {
        return handedOutMs > sinceMs || open.values().stream().anyMatch(lease -> lease.place() == Lease.Place.DELAYED);
    }

    /** What is done of it by now; what becomes a dead letter is. */
    DoneOffsets done() {
        long[] undone = open.values().stream()
                .filter(lease -> lease.place() != Lease.Place.EXHAUSTED)
                .mapToLong(Lease::offset)
                .sorted()
                .toArray();
        return new DoneOffsets(nextOffset, undone);
    }

    /** The group has come so far by offset: what was left open before that is done, too. */
    void passed(long offset) {
        open.values().stream().filter(lease -> lease.offset() < offset).toList().forEach(this::close);
        if (offset > nextOffset) {
            skipTo(offset);
        }
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

    /** Chooses messages that wait for somebody like who asks. */
    void chooseAgain(HandOut handOut, Search search) {
        if (topic.usesLanes() && !sortByLane(search.routing())) {
            handOut.leaveRest();
        }
        lines.take(
                audience -> isFor(audience, search),
                lease -> !handOut.isFull() && chooseIfThere(lease, handOut, search));
    }

    /** @return false when it is there and does not fit */
    private boolean chooseIfThere(Lease lease, HandOut handOut, Search search) {
        IndexEntries entry = search.sources().one();
        boolean known = search.queues().copy(queueNo, lease.offset(), 1, entry) == 1
                && entry.firstOffset() == lease.offset()
                && !entry.isHole(0);
        if (!known || !search.tagFilter().test(entry.tagHash(0))) {
            close(lease);
            return true;
        }
        if (!handOut.fits(entry.size(0))) {
            return false;
        }
        handOut.add(lease, entry.size(0));
        return true;
    }

    /**
     * Chooses messages of one ordering key, the first that have their turn.
     *
     * @return false when it stopped in search of one: there may be more
     */
    boolean chooseOrdered(HandOut handOut, Search search) {
        KeyChains ordered = chains == null ? begunOrder(search.routing()) : chains;
        boolean isSorted = !topic.usesLanes() || sortByLane(search.routing());
        for (int admissions = 0; admissions <= ADMISSIONS_MAX; admissions++) {
            Lease first = firstInTurn(ordered, search);
            if (first != null) {
                chooseChain(List.copyOf(ordered.of(first)), handOut, search);
                if (!handOut.isEmpty()) {
                    return true;
                }
            } else if (open.size() >= OPEN_MAX || !admit(search)) {
                return isSorted;
            }
        }
        return false;
    }

    private void chooseChain(List<Lease> chain, HandOut handOut, Search search) {
        for (Lease lease : chain) {
            if (handOut.isFull()
                    || !lease.isVisible()
                    || !isFor(routed(lease, search.routing()), search)
                    || !chooseIfThere(lease, handOut, search)) {
                return;
            }
        }
    }

    /** From now on what is handed out is in the order of its key. */
    private KeyChains begunOrder(Routing routing) {
        KeyChains ordered = new KeyChains();
        chains = ordered;
        open.values().stream().sorted(Comparator.comparingLong(Lease::offset)).forEach(lease -> {
            int unused = routing.readKeys(queueNo, lease.offset(), 1);
            ordered.add(lease, routing.isKnown(0) ? routing.key(0) : 0);
        });
        return ordered;
    }

    private @Nullable Lease firstInTurn(KeyChains ordered, Search search) {
        for (Lease lease = poll(search); lease != null; lease = poll(search)) {
            if (ordered.isFirst(lease)) {
                return lease;
            }
            lease.moveTo(Lease.Place.BLOCKED, topic.deadlines());
        }
        return null;
    }

    private @Nullable Lease poll(Search search) {
        return lines.poll(audience -> isFor(audience, search));
    }

    /** Chooses new messages by lane: those of other lanes are left in line for these. @return as {@link #chooseOrdered} */
    boolean chooseByLane(HandOut handOut, Search search) {
        for (int admissions = 0; admissions < ADMISSIONS_MAX; admissions++) {
            if (handOut.isFull() || open.size() >= OPEN_MAX || !admit(search)) {
                return true;
            }
            chooseAgain(handOut, search);
            if (lines.hasSome(audience -> isFor(audience, search))) {
                return true; // it does not fit
            }
        }
        return false;
    }

    /** Lets some new messages join those that wait for their turn, or for their lane. @return whether there were any */
    private boolean admit(Search search) {
        IndexEntries entries = search.entries();
        Routing routing = search.routing();
        boolean byLane = topic.usesLanes();
        int copied = search.queues().copy(queueNo, nextOffset, Routing.COUNT_MAX, entries);
        if (entries.firstOffset() > nextOffset) {
            skipTo(entries.firstOffset());
        }
        int count = copied == 0 ? 0 : read(routing, byLane, entries.firstOffset(), copied);
        for (int i = 0; i < count; i++) {
            Audience audience =
                    byLane && routing.isKnown(i) ? audience(routing.lane(i), routing.home(i)) : Audience.UNREAD;
            boolean isRefused =
                    (!byLane || isFor(audience, search)) && !search.tagFilter().test(entries.tagHash(i));
            if (entries.isHole(i) || !routing.isKnown(i) || isRefused) {
                skipTo(entries.offset(i) + 1);
            } else {
                admit(new Lease(this, entries.offset(i)), audience, routing.key(i));
            }
        }
        return count > 0;
    }

    private int read(Routing routing, boolean byLane, long fromOffset, int count) {
        return byLane ? routing.readAll(queueNo, fromOffset, count) : routing.readKeys(queueNo, fromOffset, count);
    }

    private void admit(Lease lease, Audience audience, long key) {
        open.put(lease.offset(), lease);
        nextOffset = lease.offset() + 1;
        address(lease, audience);
        if (chains != null) {
            chains.add(lease, key);
        }
        putInLine(lease);
        touch();
    }

    /**
     * Chooses messages that were never handed out; those that the filter refuses are done.
     *
     * @return false when it stopped in search of one: there may be more
     */
    boolean chooseNew(HandOut handOut, Search search) {
        int scanned = 0;
        while (!handOut.isFull() && open.size() < OPEN_MAX) {
            if (scanned >= SCAN_MAX) {
                return false;
            }
            IndexEntries entries = search.entries();
            int count = search.queues().copy(queueNo, nextOffset, entries.capacity(), entries);
            if (entries.firstOffset() > nextOffset) {
                skipTo(entries.firstOffset());
            }
            if (count == 0) {
                return true;
            }
            scanned += count;
            if (!chooseNew(handOut, search.tagFilter(), entries)) {
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

    // ---------------------------------------------------------------- whom messages are for

    /** @return whether who asks gets what is for them */
    private boolean isFor(Audience audience, Search search) {
        String takers = audience.takers();
        if (takers != null && !takers.equals(search.topic()) && !topic.name().equals(search.topic())) {
            return false;
        }
        if (!search.lane().isEmpty()) {
            return search.lane().equals(audience.lane());
        }
        return audience.isRead() ? !isAlive(audience) : !topic.usesLanes();
    }

    private boolean isAlive(Audience audience) {
        String takers = audience.takers();
        return audience.hasLane()
                && topic.isAlive(takers == null ? topic.name() : takers, Objects.requireNonNull(audience.lane()));
    }

    /**
     * Whom a message is for by what is in it. Where too many of the queue wait for lanes, or too much of the group's retry topic for
     * those who take from other topics, it is the base's.
     *
     * @param home the topic that it came back from, or null
     */
    private Audience audience(String lane, @Nullable String home) {
        boolean comesBack = home != null && Names.isRetryTopic(topic.name());
        if (lane.isEmpty() || lanedCount >= LANED_MAX || (comesBack && reservedCount >= RESERVED_MAX)) {
            return BASE;
        }
        Audience audience = new Audience(comesBack ? home : null, lane);
        return isAlive(audience) || lines.count() < LINES_MAX ? audience : BASE;
    }

    private void address(Lease lease, Audience audience) {
        count(lease.audience(), -1);
        count(audience, 1);
        lease.isFor(audience);
    }

    private void count(Audience audience, int by) {
        reservedCount += audience.takers() == null ? 0 : by;
        lanedCount += audience.hasLane() ? by : 0;
    }

    /** Looks at messages in line of which only their being there is known. @return false when there are more of them */
    private boolean sortByLane(Routing routing) {
        for (int count = 0; count < SORTED_MAX; count++) {
            Lease lease = lines.poll(audience -> !audience.isRead());
            if (lease == null) {
                return true;
            }
            Audience unused = routed(lease, routing);
            lines.add(lease);
        }
        return false;
    }

    /** @return whom it is for; where lanes matter that is looked up */
    private Audience routed(Lease lease, Routing routing) {
        Audience audience = lease.audience();
        if (!audience.isRead() && topic.usesLanes()) {
            int unused = routing.readAll(queueNo, lease.offset(), 1);
            Audience read = routing.isKnown(0) ? audience(routing.lane(0), routing.home(0)) : BASE;
            String takers = audience.takers();
            address(lease, takers == null ? read : read.ofTakers(takers));
        }
        return lease.audience();
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
        handedOutMs = leases.get(0).popTimeMs();
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
        if (open.size() == OPEN_MAX - 1) {
            topic.hasNews(); // there is room again for what comes next
        }
        address(lease, Audience.UNREAD);
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
        address(lease, lease.audience().ofTakers(toTopic));
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
        for (String takers : lines.takers()) {
            if (!isTopic.test(takers)) {
                lines.take(audience -> takers.equals(audience.takers()), lease -> {
                    exhaust(lease);
                    return true;
                });
            }
        }
        lines.tidy();
    }

    /** @return whether a message could be handed out to who asks, whatever its tag */
    boolean hasSome(Search search) {
        if (!topic.usesLanes()) {
            return (open.size() < OPEN_MAX && nextOffset < search.queues().maxOffset(queueNo))
                    || lines.hasSome(audience -> isFor(audience, search));
        }
        boolean isSorted = sortByLane(search.routing());
        for (int admissions = 0; admissions < ADMISSIONS_MAX; admissions++) {
            if (lines.hasSome(audience -> isFor(audience, search))) {
                return true;
            }
            if (open.size() >= OPEN_MAX || !admit(search)) {
                return !isSorted;
            }
        }
        return true; // perhaps
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

    /** @return what the record of that takes at most */
    long noteBytes() {
        return Decision.RECORDS_BYTES + (long) OpenMessage.BYTES * open.size();
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
        lanedCount = 0;
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
