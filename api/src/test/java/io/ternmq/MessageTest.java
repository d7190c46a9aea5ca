package io.ternmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {

    private final Message template = Message.to("orders").key("42").tag("paid");

    @Test
    void isNotChangedByWhatIsMadeOfIt() {
        Message other = template.key("43").property("region", "eu").body("x").toTopic("bills");
        assertThat(template.keys()).containsExactly("42");
        assertThat(template.properties()).isEmpty();
        assertThat(template.topic()).isEqualTo("orders");
        assertThat(other.keys()).containsExactly("42", "43");
        assertThat(other.properties()).containsEntry("region", "eu");
        assertThat(other.topic()).isEqualTo("bills");
        assertThat(other.tag()).contains("paid");
    }

    @Test
    void aDelayAndATimeExcludeEachOther() {
        Instant time = Instant.parse("2030-01-01T00:00:00Z");
        assertThat(template.delay(Duration.ofMinutes(5)).deliverAt(time).delay())
                .isEmpty();
        assertThat(template.deliverAt(time).delay(Duration.ofMinutes(5)).deliverAt())
                .isEmpty();
        assertThat(template.isDelayed()).isFalse();
        assertThat(template.deliverAt(time).isDelayed()).isTrue();
    }

    @Test
    void refusesWhatCannotBeMeantAndSaysWhatCould() {
        assertThatThrownBy(() -> Message.to("")).hasMessage("topic: '' (expected: not empty)");
        assertThatThrownBy(() -> template.property("region", ""))
                .hasMessage("property region: '' (expected: not empty)");
        assertThatThrownBy(() -> template.key("two words")).hasMessageContaining("'two words'");
        assertThatThrownBy(() -> template.delay(Duration.ZERO)).hasMessageContaining("PT0S");
        assertThatThrownBy(() -> template.delay(Message.DELAY_MAX.plusMillis(1)))
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> template.priority(-1)).hasMessage("priority: -1 (expected: 0 or more)");
        assertThatThrownBy(() -> template.keys(List.of("a", ""))).isInstanceOf(IllegalArgumentException.class);
    }
}
