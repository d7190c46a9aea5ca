package io.ternmq.protocol.message;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.junit.jupiter.api.Test;

class BatchBodyTest {
    private static byte[] officialBatch() {
        Message tagged = new Message("orders", "paid", "first".getBytes(UTF_8));
        tagged.setFlag(5);
        Message plain = new Message("orders", new byte[0]);
        Message last = new Message("orders", "x", "k1", "third".getBytes(UTF_8));
        return MessageDecoder.encodeMessages(List.of(tagged, plain, last));
    }

    @Test
    void walksOverTheBatchOfAnOfficialClient() {
        byte[] bytes = officialBatch();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 9]);
        buffer.putBytes(9, bytes);
        BatchBody batch = new BatchBody().wrap(buffer, 9, bytes.length);
        List<String> seen = new ArrayList<>();
        while (batch.next()) {
            seen.add(batch.flag()
                    + " " + buffer.getStringWithoutLengthUtf8(batch.bodyIndex(), batch.bodyLength())
                    + " " + MessageProperties.find(buffer, batch.propertiesIndex(), batch.propertiesLength(), "TAGS"));
        }
        assertThat(seen).containsExactly("5 first paid", "0  null", "0 third x");
        assertThat(batch.next()).isFalse();
    }

    @Test
    void refusesABatchCutAnywhereButBetweenMessages() {
        byte[] bytes = officialBatch();
        int refusedCount = 0;
        for (int length = 0; length < bytes.length; length++) {
            refusedCount += isRefused(bytes, length) ? 1 : 0;
        }
        // Sound are: nothing, one message, two messages.
        assertThat(refusedCount).isEqualTo(bytes.length - 3);
    }

    @Test
    void namesTheLengthThatIsWrong() {
        UnsafeBuffer buffer = new UnsafeBuffer(officialBatch());
        buffer.putInt(0, Integer.MIN_VALUE, BIG_ENDIAN);
        assertThatThrownBy(
                        () -> new BatchBody().wrap(buffer, 0, buffer.capacity()).next())
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("batch totalSize: ");
        UnsafeBuffer other = new UnsafeBuffer(officialBatch());
        other.putInt(16, -1, BIG_ENDIAN);
        assertThatThrownBy(
                        () -> new BatchBody().wrap(other, 0, other.capacity()).next())
                .hasMessageStartingWith("batch bodyLength: -1");
        other.putInt(16, 0, BIG_ENDIAN);
        assertThatThrownBy(
                        () -> new BatchBody().wrap(other, 0, other.capacity()).next())
                .hasMessageStartingWith("batch propertiesLength: ");
    }

    private static boolean isRefused(byte[] bytes, int length) {
        BatchBody batch = new BatchBody().wrap(new UnsafeBuffer(bytes), 0, length);
        try {
            while (batch.next()) {
                assertThat(batch.bodyLength()).isNotNegative();
            }
            return false;
        } catch (MalformedMessageException refused) {
            return true;
        }
    }
}
