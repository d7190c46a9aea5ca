package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class PropertiesWriterTest {

    private final PropertiesWriter writer = new PropertiesWriter();

    @Property
    void writesWhatFormattingWrites(@ForAll Map<@NotEmpty String, @NotEmpty String> anything) {
        Assume.that(anything.entrySet().stream()
                .allMatch(entry -> entry.getKey().indexOf(1) < 0
                        && entry.getKey().indexOf(2) < 0
                        && entry.getValue().indexOf(2) < 0));
        writer.clear();
        anything.forEach(writer::put);
        assertThat(written()).isEqualTo(MessageProperties.format(anything));
    }

    @Test
    void tellsWhereAValueBeginsAndTakesLongOnes() {
        String value = "é".repeat(10_000);
        int index = writer.clear().put("first", "x");
        assertThat(index).isEqualTo("first".length() + 1);
        writer.put("second", value);
        assertThat(MessageProperties.find(writer.buffer(), 0, writer.length(), "second"))
                .isEqualTo(value);
    }

    @Test
    void refusesWhatCouldNotBeReadBack() {
        assertThatThrownBy(() -> writer.put("a\u0001b", "x")).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> writer.put("a", "")).isInstanceOf(MalformedMessageException.class);
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return bytes;
    }
}
