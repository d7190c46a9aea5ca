package io.ternmq.runtime.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldBudgetTest {

    private static final int HANDLED = 16;
    private static final int LEAST = 2 * HANDLED;

    private long nowNs = -1;
    private final HeldBudget budget = new HeldBudget(HANDLED, true, nowNs);

    @Test
    void asManyAsHandlersMayHaveAndAsManyAgainAreHeldAtFirst() {
        assertThat(room()).isEqualTo(LEAST);
    }

    @Test
    void moreIsTakenOnceHalfIsFree() {
        budget.add(LEAST, 0);
        assertThat(room()).isZero();
        assertThat(budget.remove(HANDLED - 1)).isEqualTo(HANDLED + 1);
        assertThat(budget.isHalfFree()).isFalse();
        assertThat(budget.remove(1)).isEqualTo(HANDLED);
        assertThat(budget.isHalfFree()).isTrue();
        assertThat(room()).isEqualTo(HANDLED);
    }

    @Test
    void asManyAsWereDoneInATenthOfASecondAreHeldBesides() {
        handle(100, 10);
        assertThat(room()).isEqualTo(LEAST + 1_000);
        handle(10, 100);
        assertThat(room()).isEqualTo(LEAST + 10);
    }

    @Test
    void speedIsNotMeasuredOverMoments() {
        handle(100, 9);
        assertThat(room()).isEqualTo(LEAST);
    }

    @Test
    void howeverQuickHandlersAreThereIsABound() {
        handle(1_000_000, 10);
        assertThat(room()).isEqualTo(LEAST + HeldBudget.QUICK_MAX);
    }

    @Test
    void howeverManyHandlersMayHaveTheirSpareIsBounded() {
        assertThat(new HeldBudget(10_000, true, 0).room(0)).isEqualTo(10_000 + HeldBudget.SPARE_MAX);
    }

    @Test
    void whileTooManyBytesAreHeldNoneComesBecauseHandlersAreQuick() {
        budget.add(1, HeldBudget.BYTES_MAX);
        handle(100, 10);
        assertThat(room()).isEqualTo(LEAST - 1);
        budget.removeBytes(1);
        assertThat(room()).isEqualTo(LEAST - 1 + 1_000);
    }

    @Test
    void inOrderNoneIsTakenAheadBecauseHandlersAreQuick() {
        HeldBudget still = new HeldBudget(HANDLED, false, 0);
        still.add(1_000, 0);
        assertThat(still.remove(1_000)).isZero();
        assertThat(still.room(TimeUnit.MILLISECONDS.toNanos(10))).isEqualTo(LEAST);
        assertThat(still.isEmpty()).isTrue();
    }

    private void handle(int count, long ms) {
        budget.add(count, 0);
        int unused = budget.remove(count);
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private int room() {
        return budget.room(nowNs);
    }
}
