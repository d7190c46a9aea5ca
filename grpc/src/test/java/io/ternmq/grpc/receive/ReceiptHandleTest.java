package io.ternmq.grpc.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.catalog.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptHandleTest {
    @Test
    void whatIsEncodedIsDecoded() {
        ReceiptHandle handle = new ReceiptHandle(false, 7, 123_456_789_012L, 1_700_000_000_000L);
        ReceiptHandle retried = new ReceiptHandle(true, 0, 0, Long.MAX_VALUE);
        assertThat(ReceiptHandle.decode(handle.encode())).isEqualTo(handle);
        assertThat(ReceiptHandle.decode(retried.encode())).isEqualTo(retried);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "t.1.2", "t.1.2.3.4", "x.1.2.3", "t.1.2.!", "t..2.3", "t.99999999999999.2.3"})
    void otherTextsAreNone(String text) {
        assertThat(ReceiptHandle.decode(text)).isNull();
    }

    @Test
    void aLongTextIsNotTakenApart() {
        assertThat(ReceiptHandle.decode("t.".repeat(1_000_000))).isNull();
    }

    @Test
    void aHandleOfTheRetryTopicNamesItsQueue() {
        assertThat(new ReceiptHandle(true, 1, 2, 3)
                        .lease("billing", "orders")
                        .queue()
                        .topic())
                .isEqualTo(Names.retryTopic("billing"));
        assertThat(new ReceiptHandle(false, 1, 2, 3)
                        .lease("billing", "orders")
                        .queue()
                        .topic())
                .isEqualTo("orders");
    }
}
