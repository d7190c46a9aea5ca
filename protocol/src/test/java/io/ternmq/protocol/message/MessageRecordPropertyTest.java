package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageExt;

class MessageRecordPropertyTest {
    @Property(tries = 300)
    void theOfficialDecoderReadsWhatWasEncoded(
            @ForAll @AlphaChars @StringLength(min = 1, max = 255) String topic,
            @ForAll @Size(max = 2000) byte[] body,
            @ForAll @Size(max = 20) Map<@AlphaChars @NotEmpty String, @AlphaChars @NotEmpty String> properties,
            @ForAll boolean ipv6) {
        MessageFields fields = RecordFixture.fields(topic, body, "")
                .properties(MessageProperties.format(properties))
                .storeHost(ipv6 ? RecordFixture.IPV6 : RecordFixture.STORE);
        UnsafeBuffer buffer = RecordFixture.encode(fields, 0);
        MessageRecord message = RecordFixture.record(buffer, 0);
        MessageExt official = RecordFixture.official(buffer);

        assertThat(message.validate()).isNull();
        assertThat(message.bodyCrcMatches()).isTrue();
        assertThat(official.getTopic()).isEqualTo(topic).isEqualTo(message.topic());
        assertThat(official.getBody() == null ? new byte[0] : official.getBody())
                .isEqualTo(body);
        assertThat(official.getBodyCRC()).isEqualTo(message.bodyCrc());
        assertThat(official.getQueueId()).isEqualTo(3);
        assertThat(official.getFlag()).isEqualTo(17);
        assertThat(official.getQueueOffset()).isEqualTo(7);
        assertThat(official.getCommitLogOffset()).isEqualTo(4711);
        assertThat(official.getBornTimestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(official.getPreparedTransactionOffset()).isEqualTo(99);
        properties.forEach((name, value) -> {
            assertThat(official.getProperty(name)).isEqualTo(value);
            assertThat(message.property(name)).isEqualTo(value);
        });
    }

    @Property(tries = 200)
    void aCutRecordIsNeverSound(@ForAll @Size(max = 100) byte[] body, @ForAll @IntRange(max = 300) int cut) {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", body, "a\u0001b\u0002"), 0);
        int length = Math.max(0, buffer.capacity() - 1 - cut);
        assertThat(new MessageRecord().wrap(buffer, 0, length).validate()).isNotNull();
    }

    @Property(tries = 1000)
    void aDamagedRecordIsRefusedOrReadable(
            @ForAll @Size(max = 60) byte[] body, @ForAll @IntRange(max = 10_000) int at, @ForAll byte value) {
        UnsafeBuffer buffer = RecordFixture.encode(RecordFixture.fields("orders", body, "a\u0001b\u0002"), 0);
        buffer.putByte(at % buffer.capacity(), value);
        MessageDecodersFuzzTest.readRecord(buffer.byteArray());
    }
}
