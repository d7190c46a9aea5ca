package io.ternmq.broker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DoneOffsetsTest {
    private final DoneOffsets done = new DoneOffsets(10, new long[] {3, 4, 7});

    @Test
    void goesOnWithTheNextThatIsNotDone() {
        assertThat(done.next(0)).isEqualTo(3);
        assertThat(done.next(3)).isEqualTo(3);
        assertThat(done.next(5)).isEqualTo(7);
        assertThat(done.next(8)).isEqualTo(10);
        assertThat(done.next(12)).isEqualTo(12);
    }

    @Test
    void holdsWhatIsBeforeItsEndAndNotOpen() {
        assertThat(done.contains(2)).isTrue();
        assertThat(done.contains(4)).isFalse();
        assertThat(done.contains(9)).isTrue();
        assertThat(done.contains(10)).isFalse();
    }

    @Test
    void itsFloorIsTheFirstThatIsOpen() {
        assertThat(done.floor()).isEqualTo(3);
        assertThat(new DoneOffsets(10, new long[0]).floor()).isEqualTo(10);
    }
}
