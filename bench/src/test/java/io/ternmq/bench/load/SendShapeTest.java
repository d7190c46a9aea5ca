package io.ternmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.bench.measure.Options;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SendShapeTest {

    @Test
    void keepsMessagesInFlightWhateverTheBatch() {
        assertThat(shape("--mode async --inflight 1000").requestsInFlightMax()).isEqualTo(1_000);
        assertThat(shape("--mode batch-async --batch 32 --inflight 1000").requestsInFlightMax())
                .isEqualTo(31);
    }

    @Test
    void sharesTheRateBetweenThreads() {
        assertThat(shape("--rate 1000 --threads 4").intervalNs()).isEqualTo(4_000_000);
        assertThat(shape("--mode batch --batch 10 --rate 1000").intervalNs()).isEqualTo(10_000_000);
    }

    @Test
    void sendsOneWayOnlyAtARate() {
        assertThatThrownBy(() -> shape("--mode one-way")).hasMessageContaining("rate");
    }

    @Test
    void namesTheModesThereAre() {
        assertThatThrownBy(() -> shape("--mode fast")).hasMessageContaining("batch-async");
    }

    private static SendShape shape(String arguments) {
        return SendShape.parse(new Options(Arrays.asList(arguments.split(" ", -1))));
    }
}
