package io.ternmq.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.command.AwaitMessages;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.command.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private static final long START_MS = 1_000_000;
    private final Waiters waiters = new Waiters(START_MS);

    @Test
    void aMessageWakesThoseWhoWaitForItsQueueOnce() {
        Waiter one = wait(7, null, 15_000);
        Waiter other = wait(8, null, 15_000);

        waiters.messageAppended(7, 0);
        waiters.messageAppended(7, 0);

        assertThat(ready()).containsExactly(one);
        assertThat(waiters.count()).isEqualTo(1);
        assertThat(other.isAbandoned()).isFalse();
    }

    @Test
    void aMessageOfAnotherTagWakesNobody() {
        Waiter one = wait(7, new int[] {11, 12}, 15_000);

        waiters.messageAppended(7, 13);
        assertThat(ready()).isEmpty();

        waiters.messageAppended(7, 12);
        assertThat(ready()).containsExactly(one);
    }

    @Test
    void theDeadlineEndsTheWaitAndNotEarlier() {
        Waiter one = wait(7, null, 15_000);

        waiters.expire(START_MS + 14_000);
        assertThat(ready()).isEmpty();
        for (long ms = 14_000; ms <= 15_200; ms += waiters.tickMs()) {
            waiters.expire(START_MS + ms);
        }

        assertThat(ready()).containsExactly(one);
        assertThat(waiters.isEmpty()).isTrue();
        waiters.messageAppended(7, 0);
        assertThat(ready()).isEmpty();
    }

    @Test
    void aLongIdleTimeDoesNotDelayTheNextDeadline() {
        long laterMs = START_MS + 86_400_000;
        waiters.expire(laterMs);
        Waiter one = new Waiter(7, null, laterMs + 100);
        waiters.add(one);

        waiters.expire(laterMs + 64);
        waiters.expire(laterMs + 128);
        waiters.expire(laterMs + 192);
        waiters.expire(laterMs + 256);

        assertThat(ready()).containsExactly(one);
    }

    @Test
    void whoWaitsForAQueueThatGoesIsTold() {
        Waiter one = wait(7, null, 15_000);
        waiters.queueDropped(7);
        assertThat(ready()).containsExactly(one);
    }

    @Test
    void closingTellsEverybody() {
        Waiter one = wait(7, null, 15_000);
        Waiter two = wait(7, new int[] {1}, 20_000);
        waiters.wakeAll();
        assertThat(ready()).containsExactlyInAnyOrder(one, two);
    }

    private Waiter wait(int queueNo, int[] tagHashes, long forMs) {
        Waiter waiter = new Waiter(queueNo, tagHashes, START_MS + forMs);
        waiters.add(waiter);
        return waiter;
    }

    private List<Command> ready() {
        List<Command> ready = new ArrayList<>();
        waiters.drainReady(ready::add);
        return ready;
    }

    private static final class Waiter extends AwaitMessages {
        Waiter(int queueNo, int[] tagHashes, long deadlineMs) {
            super(queueNo, 0, tagHashes, deadlineMs);
        }

        @Override
        public boolean isAbandoned() {
            return false;
        }

        @Override
        protected void committed() {}

        @Override
        protected void refused(Refusal reason, String detail) {}
    }
}
