package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedriveMarksTest {

    @Test
    void oneAfterTheOtherMovesTheFloorAndLeavesTheLastAsItsWitness() {
        RedriveMarks marks = RedriveMarks.parse("4|3:300|");
        marks.done(4, 400);
        marks.done(5, 500);
        assertThat(marks.floor()).isEqualTo(6);
        assertThat(marks.text()).isEqualTo("6|5:500|");
        assertThat(marks.isDone(5, 500)).isTrue();
        assertThat(marks.isDone(6, 600)).isFalse();
    }

    @Test
    void chosenOnesAreMarkedAndPassedOver() {
        RedriveMarks marks = RedriveMarks.parse("");
        marks.done(2, 200);
        marks.done(7, 700);
        assertThat(marks.text()).isEqualTo("0||2:200,7:700");
        marks.done(0, 0);
        marks.done(1, 100);
        assertThat(marks.floor()).isEqualTo(2);
        assertThat(marks.isDone(2, 200)).isTrue();
        marks.done(2, 200);
        assertThat(marks.text()).isEqualTo("3|2:200|7:700");
    }

    @Test
    void whatWasKeptIsReadBackWithoutWhatLiesBelowTheFloor() {
        RedriveMarks marks = RedriveMarks.parse("3|1:100|2:200,7:700");
        assertThat(marks.text()).isEqualTo("3|1:100|7:700");
        assertThat(marks.aheadCount()).isEqualTo(1);
        assertThat(marks.isDone(7, 700)).isTrue();
        assertThat(marks.witnessOffset()).isEqualTo(1);
        assertThat(marks.witnessPosition()).isEqualTo(100);
    }

    @Test
    void marksThatOutlivedTheirMessagesMarkNothing() {
        RedriveMarks marks = RedriveMarks.parse("3|2:200|7:700");
        assertThat(marks.isDone(7, 900_000)).isFalse();
        marks.forgetFloor();
        assertThat(marks.isDone(2, 200)).isFalse();
        assertThat(marks.isDone(7, 700)).isTrue();
        assertThat(marks.text()).isEqualTo("0||7:700");
    }

    @Test
    void whatIsGoneNeedsNoMark() {
        RedriveMarks marks = RedriveMarks.parse("0||2:200,7:700");
        marks.nothingBefore(5);
        assertThat(marks.text()).isEqualTo("5||7:700");
        marks.nothingBefore(3);
        assertThat(marks.floor()).isEqualTo(5);
    }

    @Test
    void onlySoManyMayBeChosenAhead() {
        RedriveMarks marks = RedriveMarks.parse("");
        for (int offset = 1; offset <= RedriveMarks.AHEAD_MAX; offset++) {
            assertThat(marks.hasRoom()).isTrue();
            marks.done(offset, offset);
        }
        assertThat(marks.hasRoom()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7|6|", "7||:7", "7||a:b", "7||7:700,", "x||", "1||2:2|"})
    void whatAreNoMarksIsRefused(String text) {
        assertThatThrownBy(() -> RedriveMarks.parse(text)).hasMessageContaining("'" + text + "' (expected: ");
    }
}
