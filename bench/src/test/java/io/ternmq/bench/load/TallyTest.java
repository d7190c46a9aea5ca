package io.ternmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.bench.measure.JsonLine;
import io.ternmq.bench.measure.ProcessGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Window window = new Window(new ProcessGroup(List.of()));
    private final Payload payload = new Payload(1, 100);
    private final Tally tally = new Tally(window, payload, true);

    @Test
    void findsWhatWasAcknowledgedAndNeverArrived() {
        tally.onAcknowledged(0, 3, System.nanoTime());
        arrives(0);
        arrives(2);
        assertThat(tally.lostCount(3)).isEqualTo(1);
    }

    @Test
    void doesNotCallLostWhatWasNeverAcknowledged() {
        tally.onFailed(new IllegalStateException("busy"), 1);
        assertThat(tally.lostCount(1)).isZero();
        assertThat(tally.failedCount()).isEqualTo(1);
    }

    @Test
    void countsASecondArrivalAsADuplicate() {
        arrives(0);
        arrives(0);
        JsonLine line = new JsonLine();
        tally.reportArrivals(line, 1);
        assertThat(line.number("received")).hasValue(1);
        assertThat(line.number("duplicates")).hasValue(1);
    }

    @Test
    void countsOnlyWhatWasAcknowledgedWhileTheWindowWasOpen() {
        tally.onAcknowledged(0, 1, System.nanoTime());
        window.open();
        tally.onAcknowledged(1, 1, System.nanoTime());
        window.close();
        tally.onAcknowledged(2, 1, System.nanoTime());
        assertThat(tally.acknowledgedInWindow()).isEqualTo(1);
        assertThat(tally.acknowledgedCount()).isEqualTo(3);
    }

    @Test
    void takesAProbeForNoMessage() {
        arrives(Payload.PROBE);
        assertThat(tally.probeCount()).isEqualTo(1);
        assertThat(tally.receivedCount()).isZero();
    }

    private void arrives(long sequence) {
        tally.onReceived(payload.body(sequence, System.nanoTime()));
    }
}
