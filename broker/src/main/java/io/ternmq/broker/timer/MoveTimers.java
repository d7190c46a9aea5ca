package io.ternmq.broker.timer;

import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.record.TimersMoved;
import io.ternmq.broker.state.Timers;
import io.ternmq.protocol.message.MessageRecord;
import org.agrona.DirectBuffer;

/**
 * Copies the first timers of a slot to where they belong now, and notes that they are there: both or neither. From a
 * coarse slot they go to finer ones; what is carried before retention takes it goes to the end of its own slot. Cancelled
 * ones are left behind.
 */
final class MoveTimers extends Command {
    private final TimedDelivery delivery;
    private final int slot;
    private final MessageRecord record = new MessageRecord();

    MoveTimers(TimedDelivery delivery, int slot) {
        this.delivery = delivery;
        this.slot = slot;
    }

    @Override
    public void decide(Decision decision) {
        long from = decision.state().timers().cursor(slot);
        boolean isHand = slot == delivery.handSlot();
        long to = delivery.messages().readSome(delivery.queueNo(slot), from, (buffer, index, length, offset) -> {
            boolean waits = !decision.state().timers().isCancelled(slot, offset)
                    && !(isHand && hasFired(decision.state().timers(), offset));
            if (waits) {
                copy(decision, buffer, index, length);
            }
            return true;
        });
        if (to > from) {
            decision.append(new TimersMoved(slot, from, to));
        }
        delivery.moved(slot);
    }

    private void copy(Decision decision, DirectBuffer buffer, int index, int length) {
        record.wrap(buffer, index, length);
        EncodedMessage unused =
                PlaceTimer.place(decision, new EncodedMessage(buffer, index, length, 0), TimerKey.of(record));
    }

    private boolean hasFired(Timers timers, long offset) {
        return timers.hasFired(delivery.placedMs(offset), offset);
    }

    @Override
    protected void committed() {}

    /** Only when the shard stops: the next start has the timers as they were. */
    @Override
    protected void refused(Refusal reason, String detail) {}
}
