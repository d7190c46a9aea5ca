package io.ternmq.protocol.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ReceiptHandleTest {
    @Property
    void whatIsWrittenIsReadBack(
            @ForAll long[] numbers,
            @ForAll int queueId,
            @ForAll @CharRange(from = '0', to = '2') char mark,
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 30) String brokerName) {
        ReceiptHandle handle = new ReceiptHandle(
                number(numbers, 0),
                number(numbers, 1),
                number(numbers, 2),
                999,
                mark,
                brokerName,
                queueId,
                number(numbers, 3));
        assertThat(ReceiptHandle.parse(handle.encode())).isEqualTo(handle);
    }

    private static long number(long[] numbers, int i) {
        return i < numbers.length ? numbers[i] : i;
    }

    @Property
    void anyTextIsAHandleOrNone(@ForAll String text) {
        ReceiptHandle handle = ReceiptHandle.parse(text);
        if (handle != null) {
            assertThat(ReceiptHandle.parse(handle.encode())).isEqualTo(handle);
        }
    }

    @Test
    void wordsThatFollowAreLeftAlone() {
        ReceiptHandle handle = ReceiptHandle.parse("5 1700000000000 60000 0 1 broker-a 3 7 4711 more");
        assertThat(handle)
                .isEqualTo(new ReceiptHandle(
                        5, 1_700_000_000_000L, 60_000, 0, ReceiptHandle.OF_RETRY_TOPIC, "broker-a", 3, 7));
    }
}
