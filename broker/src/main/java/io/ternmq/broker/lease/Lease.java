package io.ternmq.broker.lease;

import io.ternmq.broker.record.OpenMessage;
import org.jspecify.annotations.Nullable;

/** A message that was handed out to a group and is not done. Shard thread only. */
final class Lease implements Deadlines.Timed {
    /** The pop time of a lease that was taken before a restart: any is accepted. */
    static final long ANY_POP_TIME = 0;

    /** Where an open message is. */
    enum Place {
        /** Somebody works on it, until its deadline. */
        HELD,
        /** Its holder has chosen another deadline: to go on working, or to have it handed out again by then. */
        DELAYED,
        /** It waits to be handed out. */
        IN_LINE,
        /** It waits for an earlier message of its ordering key. */
        BLOCKED,
        /** It was tried too often and becomes a dead letter. */
        EXHAUSTED,
        /** It is done. */
        CLOSED
    }

    private final QueueLeases queue;
    private final long offset;
    private int attempts;
    private long popTimeMs;
    private long deadlineMs;
    private long timerId = Deadlines.NONE;
    private Place place = Place.CLOSED;
    private boolean queued;
    private boolean notedFree;
    private long orderingKey;
    private Audience audience = Audience.UNREAD;
    private @Nullable LaneSeat holder;
    private @Nullable Renewal renewal;
    private long renewedMs;
    private long renewUntilMs;

    Lease(QueueLeases queue, long offset) {
        this.queue = queue;
        this.offset = offset;
    }

    QueueLeases queue() {
        return queue;
    }

    long offset() {
        return offset;
    }

    /** How often it was handed out. */
    int attempts() {
        return attempts;
    }

    long popTimeMs() {
        return popTimeMs;
    }

    Place place() {
        return place;
    }

    /** @return whether an acknowledgement that names this time is of the present holder */
    boolean isOf(long heldSinceMs) {
        return popTimeMs == ANY_POP_TIME || popTimeMs == heldSinceMs;
    }

    /**
     * Somebody gets it.
     *
     * @param seat his in a lane, or null
     */
    void handOut(long newPopTimeMs, long newDeadlineMs, @Nullable LaneSeat seat, Deadlines deadlines) {
        attempts++;
        renewal = null;
        popTimeMs = newPopTimeMs;
        holder = seat;
        enter(Place.HELD, newDeadlineMs, deadlines);
    }

    /** Its holder wants another deadline. Handles from before are worth nothing from now on. */
    void renew(long nowMs, long newDeadlineMs, Deadlines deadlines) {
        popTimeMs = Math.max(nowMs, popTimeMs + 1);
        enter(Place.DELAYED, newDeadlineMs, deadlines);
    }

    /** As it was before a restart. */
    void restore(OpenMessage noted, long newDeadlineMs, Deadlines deadlines) {
        attempts = noted.attempts();
        notedFree = !noted.isHeld();
        popTimeMs = ANY_POP_TIME;
        enter(noted.isHeld() ? Place.HELD : Place.DELAYED, newDeadlineMs, deadlines);
    }

    /** It goes on without a deadline. */
    void moveTo(Place newPlace, Deadlines deadlines) {
        deadlines.cancel(timerId);
        timerId = Deadlines.NONE;
        place = newPlace;
    }

    /** It was handed out, but did not arrive: that was no attempt, and nobody has it. */
    void takeBack(long visibleMs, Deadlines deadlines) {
        attempts--;
        renew(popTimeMs, visibleMs, deadlines);
    }

    /** Its hand-out does not count. */
    void uncount() {
        attempts--;
    }

    /** Its holder has done something with it, so he is there. */
    void sign(long nowMs) {
        if (holder != null) {
            holder.sign(nowMs);
        }
    }

    /** Whom it is for from now on. */
    void isFor(Audience newAudience) {
        audience = newAudience;
    }

    /** Whom it is for, as far as anybody has said or looked. */
    Audience audience() {
        return audience;
    }

    /** It is ordered by this key. */
    void join(long key) {
        orderingKey = key;
    }

    long orderingKey() {
        return orderingKey;
    }

    /** Whether it could be handed out, if only its turn were. */
    boolean isVisible() {
        return place == Place.IN_LINE || place == Place.BLOCKED;
    }

    /** Whether somebody works on it, as far as can be told. */
    boolean isInHands(long nowMs) {
        boolean isRecent = popTimeMs == ANY_POP_TIME || nowMs - popTimeMs < Sides.HELD_MS_MAX;
        return place == Place.HELD && (isRecent || (renewal != null && renewal.isWanted()));
    }

    /** Whether a crash would have it handed out though somebody has it now. */
    boolean isNotedOtherwise() {
        return place == Place.HELD && (notedFree || attempts > 1);
    }

    /** Whether its queue's line has it, be it out of place by now: it is there once at most. */
    boolean isQueued() {
        return queued;
    }

    void queued(boolean isQueued) {
        queued = isQueued;
    }

    OpenMessage note() {
        notedFree = place != Place.HELD;
        return new OpenMessage(offset, attempts, place == Place.HELD ? 0 : Math.max(1, deadlineMs));
    }

    /** From now on it does not expire while its holder is there, until it is handed out again or gets another deadline. */
    void keepAlive(Renewal newRenewal, long nowMs) {
        renewal = newRenewal;
        renewedMs = deadlineMs - nowMs;
        renewUntilMs = nowMs + Renewal.MS_MAX;
    }

    @Override
    public void due(long nowMs) {
        timerId = Deadlines.NONE;
        if (renewal != null && place == Place.HELD && nowMs < renewUntilMs && renewal.isWanted()) {
            sign(nowMs);
            enter(Place.HELD, nowMs + renewedMs, queue.topic().deadlines());
        } else {
            queue.expired(this);
        }
    }

    private void enter(Place newPlace, long newDeadlineMs, Deadlines deadlines) {
        deadlines.cancel(timerId);
        place = newPlace;
        deadlineMs = newDeadlineMs;
        timerId = deadlines.schedule(this, newDeadlineMs);
    }
}
