package io.ternmq.broker.timer;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.copy.Carrier;
import io.ternmq.broker.delay.DroppedMessage;
import io.ternmq.broker.state.ShardState;
import io.ternmq.broker.state.TimerSlots;
import io.ternmq.broker.state.Timers;
import io.ternmq.log.CommitLog;
import io.ternmq.log.index.IndexEntries;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the timers: delivers those of the current second as they come due, moves the hand to the next second that has
 * some, and spills the coarse slot behind the hand's into finer ones. What it keeps beside the state can be made of state
 * and index at any time. Shard thread only.
 */
public final class TimedDelivery implements Carrier {
    /** Nothing waits. */
    static final long NONE = Long.MAX_VALUE;

    /** Before it carries, retention asks that at most this part of what it would free has to be copied. */
    private static final double CARRIED_SHARE_MAX = 0.75;
    /** One round does so many commands at most, so that clients' requests get their turn. */
    private static final int COMMANDS_MAX = 16;
    /** A spill has a quarter of an hour; it takes fewer commands of a round unless the hand waits for it. */
    private static final int SPILLS_MAX = 4;
    /** The hand follows the time at least that closely while something waits: half of what a ring holds ahead. */
    private static final int LAG_SECONDS_MAX = 512;

    private final CommitLog log;
    private final ShardState state;
    private final DroppedMessage dropped;
    private final SlotMessages messages;
    private final SlotOrder order;
    private final BitSet occupied = new BitSet(TimerSlots.COUNT);
    private final IndexEntries entries = new IndexEntries(256);
    private int firstQueueNo = Integer.MAX_VALUE;
    private int watchedSlot;
    private long dueMs = NONE;

    /** @param dropped hears of messages whose topic or queue is no more */
    public TimedDelivery(CommitLog log, ShardState state, DroppedMessage dropped) {
        this.log = log;
        this.state = state;
        this.dropped = dropped;
        this.messages = new SlotMessages(log);
        this.order = new SlotOrder(log.queues());
    }

    /** Looks at what waits already; to be called once the timers' topic exists. */
    public void begin() {
        Topic topic = Objects.requireNonNull(state.topics().get(Names.TIMER_TOPIC));
        firstQueueNo = topic.queueNo(0); // the others follow: they were made together
        for (int slot = 0; slot < TimerSlots.COUNT; slot++) {
            occupied.set(slot, log.queues().nextOffset(queueNo(slot)) > timers().cursor(slot));
        }
        dueMs = 0; // have a look
    }

    /** A message was appended; if it is a timer, its slot has one to watch now. */
    public void messageAppended(int queueNo, int tagHash) {
        int slot = queueNo - firstQueueNo;
        if (slot >= 0 && slot < TimerSlots.COUNT) {
            if (slot == watchedSlot) {
                order.appended(tagHash, nextOffset(slot) - 1);
            }
            occupied.set(slot);
            dueMs = 0;
        }
    }

    /** @return when there is something to do, in milliseconds since 1970; {@link Long#MAX_VALUE} while nothing waits */
    public long nextDueMs() {
        return dueMs;
    }

    /** Hands over commands for what is to be done by now. @return how many */
    public int deliver(long nowMs, Consumer<Command> executor) {
        if (dueMs > nowMs) {
            return 0;
        }
        int count = 0;
        int spills = 0;
        Command next = next(nowMs);
        while (next != null && count < COMMANDS_MAX && spills < SPILLS_MAX) {
            if (!hasRoom()) {
                dueMs = nowMs + Decision.ROOM_RETRY_MS;
                return count;
            }
            executor.accept(next);
            count++;
            spills += next instanceof MoveTimers && !isLate(nowMs) ? 1 : 0;
            next = next(nowMs);
        }
        dueMs = next == null ? nextLookMs(nowMs) : nowMs;
        return count;
    }

    /** Whether there is room for what any command writes. */
    private boolean hasRoom() {
        return log.hasRoom(2L * SlotMessages.BYTES_MAX + log.recordBytesMax(), true);
    }

    /** @return the next thing to do, or null when nothing is to be done now */
    private @Nullable Command next(long nowMs) {
        followHand();
        order.refresh(timers(), queueNo(watchedSlot));
        if (order.hasNext() && order.nextMs() <= nowMs) {
            return new FireTimers(this, watchedSlot);
        }
        long second = nextSecond(nowMs);
        if (second > timers().hand()) {
            return new MoveHand(second);
        }
        for (int level = TimerSlots.LEVELS - 1; level > 0; level--) {
            int slot = TimerSlots.spilling(level, timers().hand());
            if (occupied.get(slot) && isCommitted(slot)) {
                return new MoveTimers(this, slot);
            }
        }
        return null;
    }

    /** Whoever moved the hand, the slot it has left is empty. */
    private void followHand() {
        if (watchedSlot != handSlot()) {
            moved(watchedSlot);
            watchedSlot = handSlot();
        }
    }

    /** @return where the hand goes now; where it is when it stays */
    private long nextSecond(long nowMs) {
        long hand = timers().hand();
        long nowSecond = nowMs / TimerSlots.SECOND_MS;
        boolean stays = nowSecond <= hand
                || occupied.isEmpty()
                || (occupied.get(watchedSlot) && !order.isDone(nextOffset(watchedSlot)));
        if (stays) {
            return hand;
        }
        long last = Math.min(nowSecond, Math.min(lastBeforeBusy(1, hand), lastBeforeBusy(2, hand)));
        long busy = nextBusySlot(0, hand, Math.min(last + 1, TimerSlots.windowEnd(0, hand)));
        return busy <= last || nowSecond - hand >= LAG_SECONDS_MAX ? Math.min(busy, last) : hand;
    }

    /** @return the last second before the level's next slot that has timers: it is spilled before the hand enters it */
    private long lastBeforeBusy(int level, long hand) {
        long end = TimerSlots.windowEnd(level, hand);
        long slot = nextBusySlot(level, hand, end);
        return slot == Long.MAX_VALUE ? slot : TimerSlots.firstSecond(level, slot) - 1;
    }

    /** @return the level's first slot behind the hand's and before {@code end} that has timers; else a later one */
    private long nextBusySlot(int level, long hand, long end) {
        long slot = TimerSlots.slotOf(level, hand) + 1;
        while (slot < end && !occupied.get(TimerSlots.queueId(level, slot))) {
            slot++;
        }
        return slot < end ? slot : Long.MAX_VALUE;
    }

    private boolean isLate(long nowMs) {
        return nowMs / TimerSlots.SECOND_MS >= TimerSlots.nextPeriod(timers().hand());
    }

    private long nextLookMs(long nowMs) {
        if (occupied.isEmpty()) {
            return NONE;
        }
        long hand = timers().hand();
        boolean spills = occupied.get(TimerSlots.spilling(1, hand)) || occupied.get(TimerSlots.spilling(2, hand));
        if (spills || !order.isScanned(nextOffset(watchedSlot))) {
            return nowMs; // again in the next round: what was just appended is committed then
        }
        if (order.hasNext()) {
            return order.nextMs();
        }
        long last = hand + LAG_SECONDS_MAX;
        return Math.min(nextBusySlot(0, hand, last), last) * TimerSlots.SECOND_MS;
    }

    @Override
    public boolean carry(long before, Consumer<Command> executor) {
        int count = 0;
        for (int slot = occupied.nextSetBit(0); slot >= 0 && count < SPILLS_MAX; slot = occupied.nextSetBit(slot + 1)) {
            while (count < SPILLS_MAX && firstPosition(slot) < before) {
                if (!hasRoom()) {
                    return false;
                }
                executor.accept(new MoveTimers(this, slot));
                count++;
            }
        }
        return count == 0;
    }

    /**
     * Says whether retention should free what is before a position: not when most of it are waiting timers, which would
     * only be copied to and fro.
     */
    public boolean isWorthCarrying(long startPosition, long position) {
        double bytesMax = CARRIED_SHARE_MAX * (position - startPosition);
        long bytes = 0;
        for (int slot = occupied.nextSetBit(0); slot >= 0 && bytes <= bytesMax; slot = occupied.nextSetBit(slot + 1)) {
            bytes += bytesBefore(slot, position, bytesMax);
        }
        return bytes <= bytesMax;
    }

    private long bytesBefore(int slot, long position, double bytesMax) {
        long bytes = 0;
        long offset = timers().cursor(slot);
        while (bytes <= bytesMax && log.queues().copy(queueNo(slot), offset, entries.capacity(), entries) > 0) {
            for (int i = 0; i < entries.count(); i++) {
                if (entries.position(i) >= position) {
                    return bytes;
                }
                bytes += entries.size(i);
            }
            offset = entries.firstOffset() + entries.count();
        }
        return bytes;
    }

    /** @return the moment at which a timer of the current second is in its order; -1 when there is none at the offset */
    long placedMs(long offset) {
        int count = log.queues().copy(queueNo(handSlot()), offset, 1, entries);
        return count == 0 || entries.firstOffset() != offset
                ? -1
                : timers().hand() * TimerSlots.SECOND_MS + TimerKey.millisOf(entries.tagHash(0));
    }

    private long firstPosition(int slot) {
        int count = log.queues().copy(queueNo(slot), timers().cursor(slot), 1, entries);
        return count == 0 ? Long.MAX_VALUE : entries.position(0);
    }

    private boolean isCommitted(int slot) {
        return log.queues().maxOffset(queueNo(slot)) > timers().cursor(slot);
    }

    /** A slot's cursor has moved. */
    void moved(int slot) {
        occupied.set(slot, nextOffset(slot) > timers().cursor(slot));
    }

    void dropped(String topic, int queueId) {
        dropped.dropped(topic, queueId);
    }

    SlotMessages messages() {
        return messages;
    }

    SlotOrder order() {
        return order;
    }

    int handSlot() {
        return TimerSlots.queueId(0, timers().hand());
    }

    int queueNo(int slot) {
        return firstQueueNo + slot;
    }

    private long nextOffset(int slot) {
        return log.queues().nextOffset(queueNo(slot));
    }

    private Timers timers() {
        return state.timers();
    }
}
