package io.ternmq.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.InvalidRequestException;
import io.ternmq.Message;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.protocol.message.MessageProperties;
import io.ternmq.protocol.message.ReservedProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageConst;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {

    private static final Message TO = Message.to("t");

    @Test
    void whatAMessageSaysStandsUnderRocketMqsNames() {
        Map<String, String> read = read(TO.key("k1")
                .key("k2")
                .tag("paid")
                .orderingGroup("customer 7")
                .lane("blue")
                .priority(3)
                .delay(Duration.ofMillis(1_500))
                .property("traceparent", "00-1-2-01"));
        assertThat(read)
                .containsEntry(MessageConst.PROPERTY_UNIQ_CLIENT_MESSAGE_ID_KEYIDX, "id")
                .containsEntry(MessageConst.PROPERTY_KEYS, "k1 k2")
                .containsEntry(MessageConst.PROPERTY_TAGS, "paid")
                .containsEntry(MessageConst.PROPERTY_SHARDING_KEY, "customer 7")
                .containsEntry(MessageConst.PROPERTY_PRIORITY, "3")
                .containsEntry(MessageConst.PROPERTY_TIMER_DELAY_MS, "1500")
                .containsEntry("__LANE", "blue")
                .containsEntry("traceparent", "00-1-2-01")
                .hasSize(8);
    }

    @Test
    void aTimeStandsInMilliseconds() {
        assertThat(read(TO.deliverAt(Instant.ofEpochMilli(1_234_567))))
                .containsEntry(MessageConst.PROPERTY_TIMER_DELIVER_MS, "1234567");
    }

    @Property(tries = 200)
    void propertiesComeBackAsTheyWent(@ForAll @Size(max = 10) Map<@NotEmpty String, @NotEmpty String> properties) {
        Map<String, String> sound = new HashMap<>();
        properties.forEach((name, value) -> {
            if (!ReservedProperties.contains(name) && !(name + value).matches("(?s).*[\u0001\u0002\\p{Cs}].*")) {
                sound.put(name, value);
            }
        });
        Message message = TO;
        for (Map.Entry<String, String> property : sound.entrySet()) {
            message = message.property(property.getKey(), property.getValue());
        }
        Map<String, String> read = new HashMap<>(read(message));
        read.remove("UNIQ_KEY");
        assertThat(read).isEqualTo(sound);
    }

    @Test
    void allNamesThatRocketMqKeepsForItselfAreRefused() {
        for (String name : MessageConst.STRING_HASH_SET) {
            assertThatThrownBy(() -> read(TO.property(name, "x")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void whatCannotBeReadBackIsRefused() {
        assertThatThrownBy(() -> read(TO.property("name", "a\u0002b")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("name");
    }

    @Test
    void tooManyBytesAreRefused() {
        assertThatThrownBy(() -> read(TO.property("name", "x".repeat(33_000))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("bytes");
    }

    private static Map<String, String> read(Message message) {
        byte[] bytes = new PropertiesText()
                .add(new OutgoingMessage("id", message, new byte[0]))
                .toBytes();
        return MessageProperties.parse(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
