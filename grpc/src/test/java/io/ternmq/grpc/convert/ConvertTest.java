package io.ternmq.grpc.convert;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertTest {
    @Property
    void timesComeBackAsTheyWere(@ForAll @LongRange(min = -1_000_000_000_000L, max = 4_000_000_000_000L) long ms) {
        assertThat(Times.ms(Times.timestamp(ms))).isEqualTo(ms);
        assertThat(Times.ms(Times.duration(ms))).isEqualTo(ms);
    }

    @Test
    void timesBeyondTheLongestAreTheLongest() {
        assertThat(Times.ms(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build()))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(Times.ms(Duration.newBuilder().setSeconds(Long.MIN_VALUE).build()))
                .isEqualTo(Long.MIN_VALUE);
    }

    @Property
    void transactionIdsComeBackAsTheyWere(
            @ForAll @LongRange(min = 0) long position, @ForAll @LongRange(min = 0) long offset) {
        TransactionId id = new TransactionId(position, offset);
        assertThat(TransactionId.decode(id.encode())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "1", "1-", "-1", "x-y", "1-2-3"})
    void otherTextsAreNoTransactionIds(String text) {
        assertThat(TransactionId.decode(text)).isNull();
    }
}
