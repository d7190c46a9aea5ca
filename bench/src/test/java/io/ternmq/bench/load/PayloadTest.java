package io.ternmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void saysWhichMessageItIsAndWhenItWasSent() {
        byte[] body = new Payload(5, 1_024).body(77, 123_456_789);
        assertThat(body).hasSize(1_024);
        assertThat(Payload.sequence(body)).isEqualTo(77);
        assertThat(Payload.sentNs(body)).isEqualTo(123_456_789);
    }

    @Test
    void knowsItsOwnRun() {
        Payload payload = new Payload(5, 100);
        assertThat(payload.isOfThisRun(payload.body(0, 0))).isTrue();
        assertThat(payload.isOfThisRun(new Payload(6, 100).body(0, 0))).isFalse();
        assertThat(payload.isOfThisRun(new byte[3])).isFalse();
    }

    @Test
    void refusesABodyThatIsTooSmallForItsHeader() {
        assertThatThrownBy(() -> new Payload(5, 10)).hasMessageContaining("at least 24");
    }
}
