package io.ternmq.broker.lease;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lane of a group that has consumers of a topic: it lives as long as one of them has a seat. Shard thread only. */
final class Lane implements Deadlines.Timed {
    private final Lanes lanes;
    private final LaneKey key;
    private final Map<String, LaneSeat> seats = new HashMap<>();
    private long timerId = Deadlines.NONE;

    /** Names a lane. */
    record LaneKey(String group, String topic, String lane) {}

    Lane(Lanes lanes, LaneKey key) {
        this.lanes = lanes;
        this.key = key;
    }

    LaneKey key() {
        return key;
    }

    /** @return the member's seat, or null where there are too many */
    @Nullable
    LaneSeat seat(String member, long nowMs, Deadlines deadlines) {
        LaneSeat seat = seats.get(member);
        if (seat == null && seats.size() < Lanes.MEMBERS_MAX) {
            seat = new LaneSeat(nowMs);
            seats.put(member, seat);
        } else if (seat != null) {
            seat.sign(nowMs);
        }
        if (timerId == Deadlines.NONE) {
            checkLater(nowMs + Lanes.ALIVE_MS, deadlines);
        }
        return seat;
    }

    /** @return whether nobody is left */
    boolean leave(String member) {
        LaneSeat seat = seats.remove(member);
        if (seat == null) {
            return false;
        }
        seat.leave();
        return seats.isEmpty();
    }

    void forget(Deadlines deadlines) {
        deadlines.cancel(timerId);
        timerId = Deadlines.NONE;
    }

    @Override
    public void due(long nowMs) {
        timerId = Deadlines.NONE;
        seats.values().removeIf(seat -> seat.untilMs(nowMs) <= nowMs);
        if (seats.isEmpty()) {
            lanes.ended(this);
        } else {
            long nextMs = seats.values().stream()
                    .mapToLong(seat -> seat.untilMs(nowMs))
                    .max()
                    .orElse(nowMs);
            checkLater(nextMs, lanes.deadlines());
        }
    }

    private void checkLater(long atMs, Deadlines deadlines) {
        timerId = deadlines.schedule(this, atMs);
    }
}
