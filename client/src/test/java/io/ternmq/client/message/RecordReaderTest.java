package io.ternmq.client.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ternmq.Partition;
import io.ternmq.UnavailableException;
import io.ternmq.engine.StoredMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    @Test
    void recordsOfRocketMqAreRead() throws Exception {
        ByteBuf body = Unpooled.wrappedBuffer(record("one", 4), record("two", 5));
        List<StoredMessage> messages = new RecordReader("orders", "broker-a").read(body);
        assertThat(messages).hasSize(2);
        StoredMessage two = messages.get(1);
        assertThat(two.body()).isEqualTo("two".getBytes(UTF_8));
        assertThat(two.partition()).isEqualTo(new Partition("orders", "broker-a", 3));
        assertThat(two.offset()).isEqualTo(5);
        assertThat(two.attempt()).isEqualTo(3);
        assertThat(two.id()).isEqualTo("unique");
        assertThat(two.marks().keys()).containsExactly("a", "b");
        assertThat(two.marks().tag()).contains("paid");
        assertThat(two.marks().lane()).contains("blue");
        assertThat(two.properties()).containsOnlyKeys("mine");
        assertThat(two.sentAt().toEpochMilli()).isEqualTo(1_000);
        assertThat(two.storedAt().toEpochMilli()).isEqualTo(2_000);
        Origin origin = (Origin) two.origin();
        assertThat(origin.position()).isEqualTo(77);
        assertThat(origin.topic()).isEqualTo("orders");
    }

    @Test
    void whatDiffersFromMessageToMessageIsReadAnew() throws Exception {
        ByteBuf body = Unpooled.buffer();
        for (int i = 0; i < 20; i++) {
            MessageExt message = message("one", i);
            message.setTopic(i % 2 == 0 ? "orders" : "%RETRY%g" + i % 3);
            message.setQueueId(i / 4);
            MessageAccessor.setProperties(message, new TreeMap<>());
            for (int property = 0; property < i; property++) {
                message.putUserProperty((property % 3 == 0 ? "größe" : "size") + property * (i % 3), "v" + i);
            }
            body.writeBytes(MessageDecoder.encode(message, false));
        }
        List<StoredMessage> messages = new RecordReader("orders", "broker-a").read(body);
        for (int i = 0; i < 20; i++) {
            StoredMessage message = messages.get(i);
            assertThat(((Origin) message.origin()).topic()).isEqualTo(i % 2 == 0 ? "orders" : "%RETRY%g" + i % 3);
            assertThat(message.partition()).isEqualTo(new Partition("orders", "broker-a", i / 4));
            Map<String, String> expected = new TreeMap<>();
            for (int property = 0; property < i; property++) {
                expected.put((property % 3 == 0 ? "größe" : "size") + property * (i % 3), "v" + i);
            }
            assertThat(message.properties()).isEqualTo(expected);
        }
    }

    @Property(tries = 200)
    void aCutRecordIsNoticed(@ForAll @IntRange(max = 150) int kept) throws Exception {
        byte[] record = record("one", 4);
        ByteBuf cut = Unpooled.wrappedBuffer(record, 0, Math.min(kept, record.length - 1));
        RecordReader reader = new RecordReader("orders", "broker-a");
        if (cut.isReadable()) {
            assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(UnavailableException.class);
        } else {
            assertThat(reader.read(cut)).isEmpty();
        }
    }

    private static byte[] record(String body, long offset) throws Exception {
        return MessageDecoder.encode(message(body, offset), false);
    }

    private static MessageExt message(String body, long offset) {
        MessageExt message = new MessageExt();
        message.setTopic("orders");
        message.setBody(body.getBytes(UTF_8));
        message.setQueueId(3);
        message.setQueueOffset(offset);
        message.setCommitLogOffset(77);
        message.setBornTimestamp(1_000);
        message.setStoreTimestamp(2_000);
        message.setBornHost(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        message.setStoreHost(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));
        message.setReconsumeTimes(2);
        message.setKeys("a b");
        message.setTags("paid");
        MessageAccessor.putProperty(message, "UNIQ_KEY", "unique");
        MessageAccessor.putProperty(message, "__LANE", "blue");
        MessageAccessor.putProperty(message, "mine", "1");
        return message;
    }
}
