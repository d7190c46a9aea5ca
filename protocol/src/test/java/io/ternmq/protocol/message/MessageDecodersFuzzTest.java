package io.ternmq.protocol.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;

/** Whatever bytes come: a typed refusal or a value, and nothing is read outside of them. */
class MessageDecodersFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void recordsFromOutside(byte[] bytes) {
        readRecord(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void propertiesFromOutside(byte[] bytes) {
        readProperties(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void batchesFromOutside(byte[] bytes) {
        readBatch(bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void messageIdsFromOutside(byte[] bytes) {
        readMessageId(bytes);
    }

    @Property
    void anyBytesAsRecord(@ForAll @Size(max = 300) byte[] bytes) {
        readRecord(bytes);
    }

    @Property
    void anyBytesAsProperties(@ForAll @Size(max = 64) byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] & 7); // so that separators are frequent
        }
        readProperties(bytes);
    }

    @Property
    void anyBytesAsBatch(@ForAll @Size(max = 100) byte[] bytes) {
        readBatch(bytes);
    }

    @Property
    void anyBytesAsMessageId(@ForAll @Size(max = 60) byte[] bytes) {
        readMessageId(bytes);
    }

    static void readRecord(byte[] bytes) {
        MessageRecord message = new MessageRecord().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        if (message.validate() == null) {
            assertThat(message.propertiesIndex() + message.propertiesLength()).isEqualTo(bytes.length);
            assertThat(message.topic()).isNotNull();
            assertThat(message.bornHost().toString()).isNotEmpty();
            assertThat(message.storeHost().toString()).isNotEmpty();
            assertThat(message.body()).hasSize(message.bodyLength());
            message.bodyCrcMatches();
            message.forEachProperty((name, value) -> assertThat(name).isNotEmpty());
        }
    }

    /** Sees what the official parser sees. */
    static void readProperties(byte[] bytes) {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        Map<String, String> ours = MessageProperties.parse(buffer, 0, bytes.length);
        if (new String(bytes, UTF_8).getBytes(UTF_8).length == bytes.length) {
            assertThat(ours).isEqualTo(MessageDecoder.string2messageProperties(new String(bytes, UTF_8)));
        }
        byte[] formatted = MessageProperties.format(ours);
        assertThat(MessageProperties.parse(new UnsafeBuffer(formatted), 0, formatted.length))
                .isEqualTo(ours);
        ours.forEach((name, value) -> {
            if (UTF_8.newEncoder().canEncode(name) && name.chars().allMatch(c -> c < 128)) {
                assertThat(MessageProperties.find(buffer, 0, bytes.length, name))
                        .isEqualTo(value);
            }
        });
    }

    static void readBatch(byte[] bytes) {
        BatchBody batch = new BatchBody().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        int seenBytes = 0;
        try {
            while (batch.next()) {
                seenBytes += 22 + batch.bodyLength() + batch.propertiesLength();
                assertThat(batch.propertiesIndex() + batch.propertiesLength()).isEqualTo(seenBytes);
            }
            assertThat(seenBytes).isEqualTo(bytes.length);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("expected: ");
        }
    }

    static void readMessageId(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        try {
            assertThat(OffsetMessageId.decode(text).encode()).isEqualToIgnoringCase(text);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageContaining("expected: 32 or 56");
        }
    }
}
