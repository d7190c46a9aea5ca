package io.ternmq.protocol.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRecordTest {
    private static final byte[] BODY = "hello, wörld".getBytes(UTF_8);
    private static final String PROPERTIES = "KEYS\u0001k1 k2\u0002TAGS\u0001paid\u0002";

    @Test
    void readsBackEveryField() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 5);
        MessageRecord message = RecordFixture.record(buffer, 5);
        assertThat(message.validate()).isNull();
        assertThat(message.totalSize()).isEqualTo(buffer.capacity() - 5);
        assertThat(message.magic()).isEqualTo(MessageRecordLayout.MAGIC_V1);
        assertThat(message.queueId()).isEqualTo(3);
        assertThat(message.flag()).isEqualTo(17);
        assertThat(message.queueOffset()).isEqualTo(7);
        assertThat(message.position()).isEqualTo(4711);
        assertThat(message.sysFlag()).isEqualTo(SysFlag.MULTI_TAGS);
        assertThat(message.bornTimestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(message.bornHost()).isEqualTo(RecordFixture.BORN);
        assertThat(message.storeTimestamp()).isEqualTo(1_700_000_000_456L);
        assertThat(message.storeHost()).isEqualTo(RecordFixture.STORE);
        assertThat(message.reconsumeTimes()).isEqualTo(2);
        assertThat(message.preparedTransactionOffset()).isEqualTo(99);
        assertThat(message.body()).isEqualTo(BODY);
        assertThat(message.topic()).isEqualTo("orders");
        assertThat(message.property("TAGS")).isEqualTo("paid");
        assertThat(message.property("KEYS")).isEqualTo("k1 k2");
        assertThat(message.property("OTHER")).isNull();
        assertThat(message.bodyCrcMatches()).isTrue();
    }

    @Test
    void visitsPropertiesInTheirOrder() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 0);
        Map<String, String> seen = new LinkedHashMap<>();
        RecordFixture.record(buffer, 0).forEachProperty(seen::put);
        assertThat(seen).containsExactly(Map.entry("KEYS", "k1 k2"), Map.entry("TAGS", "paid"));
    }

    @Test
    void leavesHolesForTheLog() {
        MessageFields fields = RecordFixture.fields("orders", BODY, PROPERTIES);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        buffer.setMemory(0, 1024, (byte) 0x55);
        int length = new MessageRecordEncoder().encode(fields, buffer, 0);
        MessageRecord message = new MessageRecord().wrap(buffer, 0, length);
        assertThat(message.queueOffset()).isZero();
        assertThat(message.position()).isZero();
        assertThat(message.storeTimestamp()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "true,false", "false,true", "true,true"})
    void theOfficialDecoderReadsHostsOfBothFamilies(boolean bornIpv6, boolean storeIpv6) {
        MessageFields fields = RecordFixture.fields("orders", BODY, PROPERTIES)
                .sysFlag(SysFlag.BORN_HOST_IPV6) // what a client claims here does not count
                .bornHost(bornIpv6 ? RecordFixture.IPV6 : RecordFixture.BORN)
                .storeHost(storeIpv6 ? RecordFixture.IPV6 : RecordFixture.STORE);
        UnsafeBuffer buffer = RecordFixture.encode(fields, 0);
        MessageRecord message = RecordFixture.record(buffer, 0);
        MessageExt official = RecordFixture.official(buffer);
        assertThat(message.validate()).isNull();
        assertThat(official.getBornHost()).isEqualTo(message.bornHost().toSocketAddress());
        assertThat(official.getStoreHost()).isEqualTo(message.storeHost().toSocketAddress());
        assertThat(official.getStoreTimestamp()).isEqualTo(1_700_000_000_456L);
        assertThat(official.getReconsumeTimes()).isEqualTo(2);
        assertThat(official.getMsgId()).isEqualTo(new OffsetMessageId(message.storeHost(), 4711).encode());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 126, 127, 128, 254, 255})
    void theOfficialDecoderReadsTopicsOfEveryLength(int topicLength) {
        String topic = "t".repeat(topicLength);
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields(topic, BODY, PROPERTIES), 0);
        MessageRecord message = RecordFixture.record(buffer, 0);
        assertThat(message.validate()).isNull();
        assertThat(message.topic()).isEqualTo(topic);
        assertThat(message.magic())
                .isEqualTo(topicLength <= 127 ? MessageRecordLayout.MAGIC_V1 : MessageRecordLayout.MAGIC_V2);
        assertThat(RecordFixture.official(buffer).getTopic()).isEqualTo(topic);
    }

    @Test
    void encodesFromAndToMemoryOutsideOfTheHeap() {
        ByteBuffer source = ByteBuffer.allocateDirect(64).put(10, BODY);
        MessageFields fields =
                RecordFixture.fields("orders", BODY, PROPERTIES).body(new UnsafeBuffer(source), 10, BODY.length);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(512), 100, 400);
        int length = new MessageRecordEncoder().encode(fields, direct, 20);
        MessageRecord message = new MessageRecord().wrap(direct, 20, length);
        assertThat(message.validate()).isNull();
        assertThat(message.bodyCrcMatches()).isTrue();
        assertThat(message.body()).isEqualTo(BODY);
        byte[] onHeap = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 0)
                .byteArray();
        byte[] copy = new byte[length];
        MessageRecordHoles.fill(direct, 20, 7, 4711, 1_700_000_000_456L);
        direct.getBytes(20, copy);
        assertThat(copy).isEqualTo(onHeap);
    }

    @Test
    void checksTheBodyOfBareMemory() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 0);
        ByteBuffer memory = ByteBuffer.allocateDirect(buffer.capacity()).put(0, buffer.byteArray());
        UnsafeBuffer bare = new UnsafeBuffer(0, 0);
        bare.wrap(new UnsafeBuffer(memory).addressOffset(), buffer.capacity());
        assertThat(new MessageRecord().wrap(bare, 0, bare.capacity()).bodyCrcMatches())
                .isTrue();
        assertThat(memory.capacity()).isEqualTo(bare.capacity());
    }

    @Test
    void seesAFlippedBitInTheBody() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 0);
        MessageRecord message = RecordFixture.record(buffer, 0);
        buffer.putByte(message.bodyIndex() + 1, (byte) (buffer.getByte(message.bodyIndex() + 1) ^ 4));
        assertThat(message.validate()).isNull();
        assertThat(message.bodyCrcMatches()).isFalse();
    }

    @Test
    void aMessageMayBeEmptyButForItsTopic() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("t", new byte[0], ""), 0);
        assertThat(buffer.capacity()).isEqualTo(MessageRecordLayout.RECORD_BYTES_MIN + 1);
        assertThat(RecordFixture.record(buffer, 0).validate()).isNull();
        assertThat(RecordFixture.record(buffer, 0).bodyCrcMatches()).isTrue();
        assertThat(RecordFixture.official(buffer).getTopic()).isEqualTo("t");
    }

    @Test
    void refusesWhatBreaksALimit() {
        MessageRecordEncoder encoder = new MessageRecordEncoder();
        assertThatThrownBy(() -> encoder.encodedLength(RecordFixture.fields("", BODY, "")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("topic: 0 bytes (expected: 1..255 bytes)");
        assertThatThrownBy(() -> encoder.encodedLength(RecordFixture.fields("t".repeat(256), BODY, "")))
                .hasMessage("topic: 256 bytes (expected: 1..255 bytes)");
        assertThatThrownBy(() -> encoder.encodedLength(RecordFixture.fields("t", BODY, "p".repeat(32768))))
                .hasMessage("properties: 32768 bytes (expected: 0..32767 bytes)");
        byte[] large = new byte[MessageRecordLayout.BODY_BYTES_MAX + 1];
        assertThatThrownBy(() -> encoder.encodedLength(RecordFixture.fields("t", large, "")))
                .hasMessage("body: 4194305 bytes (expected: 0..4194304 bytes)");
    }

    @Test
    void theLargestRecordIsAsLargeAsTheLayoutSays() {
        MessageFields fields = RecordFixture.fields(
                        "t".repeat(255), new byte[MessageRecordLayout.BODY_BYTES_MAX], "p".repeat(32767))
                .bornHost(RecordFixture.IPV6)
                .storeHost(RecordFixture.IPV6);
        assertThat(new MessageRecordEncoder().encodedLength(fields)).isEqualTo(MessageRecordLayout.RECORD_BYTES_MAX);
        assertThat(RecordFixture.record(RecordFixture.encode(fields, 0), 0).validate())
                .isNull();
    }

    @Test
    void hostsMustBeGiven() {
        MessageFields fields = new MessageFields().clear().topic("t".getBytes(UTF_8));
        assertThatThrownBy(() -> new MessageRecordEncoder().encodedLength(fields))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("bornHost: null (expected: an address)");
    }

    @Test
    void namesWhatIsWrong() {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", BODY, PROPERTIES), 0);
        assertThat(new MessageRecord().wrap(buffer, 0, 90).validate())
                .isEqualTo("record: 90 (expected: at least 91 bytes)");
        assertThat(new MessageRecord().wrap(buffer, 0, buffer.capacity() - 1).validate())
                .startsWith("totalSize: ");
        assertThat(damaged(buffer, MessageRecordLayout.MAGIC)).startsWith("magic: 0x");
        assertThat(damaged(buffer, 84)).startsWith("bodyLength: ");
        assertThat(damaged(buffer, 88 + BODY.length)).startsWith("topicLength: ");
        assertThat(damaged(buffer, 88 + BODY.length + 7)).startsWith("propertiesLength: ");
        assertThat(damaged(buffer, MessageRecordLayout.SYS_FLAG + 3)).isNotNull();
    }

    private static String damaged(UnsafeBuffer buffer, int at) {
        UnsafeBuffer copy = new UnsafeBuffer(buffer.byteArray().clone());
        copy.putByte(at, (byte) (copy.getByte(at) ^ 0x7F));
        return RecordFixture.record(copy, 0).validate();
    }
}
