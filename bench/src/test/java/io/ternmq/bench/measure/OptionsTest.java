package io.ternmq.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void takesKeysWithAndWithoutValues() {
        Options options = new Options(List.of("--consume", "--threads", "64", "--seconds", "2.5"));
        assertThat(options.flag("consume")).isTrue();
        assertThat(options.count("threads", 1)).isEqualTo(64);
        assertThat(options.secondsAsMs("seconds", 20)).isEqualTo(2_500);
        assertThat(options.text("topic", "none")).isEqualTo("none");
    }

    @Test
    void namesWhatNobodyAskedFor() {
        Options options = new Options(List.of("--thread", "64"));
        assertThat(options.count("threads", 1)).isEqualTo(1);
        assertThatThrownBy(options::refuseUnknown).hasMessageContaining("thread");
    }

    @Test
    void namesTheValueThatIsNoNumber() {
        Options options = new Options(List.of("--threads", "many"));
        assertThatThrownBy(() -> options.count("threads", 1)).hasMessageContaining("--threads: 'many'");
    }

    @Test
    void refusesAnArgumentWithoutAKey() {
        assertThatThrownBy(() -> new Options(List.of("64"))).hasMessageContaining("'64'");
    }
}
