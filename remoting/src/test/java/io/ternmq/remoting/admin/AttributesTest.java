package io.ternmq.remoting.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    @Test
    void plusSetsAndMinusTakesAway() {
        Map<String, String> changes = Attributes.parse("+a=1, +b=2=3,-c");

        assertThat(Attributes.change(Map.of("a", "0", "c", "9", "d", "4"), changes))
                .isEqualTo(Map.of("a", "1", "b", "2=3", "d", "4"));
    }

    @Test
    void nothingChangesNothing() {
        assertThat(Attributes.change(Map.of("a", "0"), Attributes.parse(null))).isEqualTo(Map.of("a", "0"));
        assertThat(Attributes.change(Map.of("a", "0"), Attributes.parse(" "))).isEqualTo(Map.of("a", "0"));
    }

    @Test
    void aNameWithoutASignIsSet() {
        assertThat(Attributes.change(Map.of(), Map.of("a", "1"))).isEqualTo(Map.of("a", "1"));
    }
}
