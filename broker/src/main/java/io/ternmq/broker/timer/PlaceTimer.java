package io.ternmq.broker.timer;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Decision;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.record.TimerHandMoved;
import io.ternmq.broker.record.TimersAdded;
import io.ternmq.broker.record.TimersMoved;
import io.ternmq.broker.state.TimerSlots;
import io.ternmq.broker.state.Timers;
import java.util.Objects;

/**
 * Puts a timed message into the slot where it waits. The message is one for {@link Names#TIMER_TOPIC} with what {@link
 * TimerRule#note} noted.
 */
public record PlaceTimer(TimerKey key) implements AppendRule {
    @Override
    public boolean admits(Command command, Decision decision) {
        return true;
    }

    @Override
    public void append(EncodedMessage message, int queueNo, Decision decision) {
        long second = decision.nowMs() / TimerSlots.SECOND_MS;
        if (decision.state().timers().pendingCount() == 0
                && second > decision.state().timers().hand()) {
            moveHand(decision, second); // it rests while nothing waits
        }
        EncodedMessage placed = place(decision, message, key);
        message.appended(placed.queueOffset(), placed.position());
        appended(message, decision);
    }

    @Override
    public void appended(EncodedMessage message, Decision decision) {
        decision.append(new TimersAdded(key.topic(), 1));
    }

    /** Appends a timer to the finest slot there is for it. What is late already comes next. @return what was appended */
    static EncodedMessage place(Decision decision, EncodedMessage message, TimerKey key) {
        Timers timers = decision.state().timers();
        long placedMs = Math.max(key.dueMs(), timers.firedMs());
        int slot = TimerSlots.place(timers.hand(), placedMs / TimerSlots.SECOND_MS);
        EncodedMessage placed =
                new EncodedMessage(message.buffer(), message.index(), message.length(), key.tagHash(placedMs));
        decision.append(placed, topic(decision).queueNo(slot));
        return placed;
    }

    /** Goes on to a later second; whatever the current one held has fired or was cancelled. */
    static void moveHand(Decision decision, long second) {
        Timers timers = decision.state().timers();
        int slot = TimerSlots.queueId(0, timers.hand());
        long end = decision.nextOffset(topic(decision).queueNo(slot));
        if (end > timers.cursor(slot)) {
            decision.append(new TimersMoved(slot, timers.cursor(slot), end));
        }
        decision.append(new TimerHandMoved(second));
    }

    static Topic topic(Decision decision) {
        return Objects.requireNonNull(decision.state().topics().get(Names.TIMER_TOPIC));
    }
}
