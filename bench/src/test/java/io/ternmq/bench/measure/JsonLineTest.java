package io.ternmq.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void readsBackWhatItWrote() {
        JsonLine line =
                new JsonLine().put("mode", "sync \"x\"").put("n", 300_000L).put("rate", 24_412.3456);
        JsonLine read = JsonLine.parse(line.toString());
        assertThat(read.text("mode")).isEqualTo("sync \"x\"");
        assertThat(read.number("n")).hasValue(300_000);
        assertThat(read.number("rate")).hasValue(24_412);
        assertThat(read.toString()).isEqualTo(line.toString());
    }

    @Test
    void keepsFiveDigitsOfSmallNumbersToo() {
        assertThat(new JsonLine().put("us", 0.000123456789).toString()).isEqualTo("{\"us\":0.00012346}");
    }

    @Test
    void leavesOutWhatIsNoNumber() {
        assertThat(new JsonLine().put("ratio", Double.NaN).number("ratio")).isEmpty();
    }

    @Test
    void refusesALineThatIsNoResult() {
        assertThatThrownBy(() -> JsonLine.parse("listening")).isInstanceOf(IllegalArgumentException.class);
    }
}
