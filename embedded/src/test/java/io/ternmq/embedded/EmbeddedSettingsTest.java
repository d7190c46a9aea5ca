package io.ternmq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.log.LogSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What may be set, and what is so when nothing is. */
class EmbeddedSettingsTest {

    @Test
    void limitsOfMemoryFitIt() {
        LogSettings log =
                EmbeddedSettings.of(Map.of("memory", "16777216"), true).shard().log();
        assertThat(log.reserveBytes()).isEqualTo(2 << 20);
        assertThat(log.segmentBytes()).isEqualTo(2 << 20);
        assertThat(log.retention().bytesMax()).isEqualTo(8 << 20);
    }

    @Test
    void aFolderIsBoundByItsDiskAlone() {
        LogSettings log = EmbeddedSettings.of(Map.of(), false).shard().log();
        assertThat(log.reserveBytes()).isEqualTo(LogSettings.defaults().reserveBytes());
        assertThat(log.retention().bytesMax()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void damageIsAcceptedOrNot() {
        assertThat(EmbeddedSettings.of(Map.of(), false).acceptDamage()).isFalse();
        assertThat(EmbeddedSettings.of(Map.of("accept-damage", "true"), false).acceptDamage())
                .isTrue();
        assertThatThrownBy(() -> EmbeddedSettings.of(Map.of("accept-damage", "maybe"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accept-damage: 'maybe'");
    }
}
