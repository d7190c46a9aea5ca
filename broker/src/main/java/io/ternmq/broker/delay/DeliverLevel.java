package io.ternmq.broker.delay;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.DelayCursorMoved;

/** Delivers what is due in one level, and moves its cursor by the same command: both survive a crash, or neither. */
final class DeliverLevel extends Command {
    /** How soon to look again at messages that were appended but not committed yet. */
    private static final long SOON_MS = 10;

    private final DelayedDelivery delivery;
    private final int level;

    DeliverLevel(DelayedDelivery delivery, int level) {
        this.delivery = delivery;
        this.level = level;
    }

    @Override
    public void decide(Decision decision) {
        if (!decision.hasRoom(delivery.roomBytes())) {
            delivery.watch(level, decision.nowMs() + Decision.ROOM_RETRY_MS);
            return;
        }
        int queueNo = delivery.queueNo(level);
        long cursor = decision.state().delayCursors().next(level);
        DueMessages due = delivery.dueMessages();
        long next = due.deliver(decision, queueNo, cursor, DelayLevels.delayMs(level));
        if (next > cursor) {
            decision.append(new DelayCursorMoved(level, next));
        }
        if (next >= decision.nextOffset(queueNo)) {
            delivery.watch(level, DelayedDelivery.NONE);
        } else if (due.nextDueMs() > decision.nowMs()) {
            delivery.watch(level, due.nextDueMs());
        } else {
            delivery.watch(level, next > cursor ? decision.nowMs() : decision.nowMs() + SOON_MS);
        }
    }

    @Override
    protected void committed() {}

    /** Only when the shard stops: the next start has the message and its cursor as they were. */
    @Override
    protected void refused(Refusal reason, String detail) {}
}
