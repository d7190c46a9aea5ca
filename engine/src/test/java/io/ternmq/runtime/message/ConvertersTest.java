package io.ternmq.runtime.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.BodyConversionException;
import io.ternmq.BodyConverter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConvertersTest {

    /** Knows one type only. */
    private static final BodyConverter UUIDS = new BodyConverter() {
        @Override
        public boolean converts(Class<?> type) {
            return type == UUID.class;
        }

        @Override
        public byte[] write(Object body) {
            return body.toString().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> T read(byte[] body, Class<T> type) {
            return type.cast(UUID.fromString(new String(body, StandardCharsets.UTF_8)));
        }
    };

    private final Converters converters = new Converters(List.of(UUIDS));

    @Test
    void bytesAndStringsNeedNoConverter() {
        byte[] bytes = {1, 2};
        assertThat(converters.write(bytes)).isSameAs(bytes);
        assertThat(converters.read(converters.write("grüße"), String.class)).isEqualTo("grüße");
    }

    @Test
    void theConverterThatKnowsATypeIsAsked() {
        UUID id = UUID.randomUUID();
        assertThat(converters.read(converters.write(id), UUID.class)).isEqualTo(id);
    }

    @Test
    void aTypeThatNobodyKnowsIsRefusedWithAdvice() {
        assertThatThrownBy(() -> converters.write(42))
                .isInstanceOf(BodyConversionException.class)
                .hasMessageContaining("java.lang.Integer")
                .hasMessageContaining("ternmq-json");
    }

    @Test
    void whatAConverterThrowsIsTheCause() {
        assertThatThrownBy(() -> converters.read("no uuid".getBytes(StandardCharsets.UTF_8), UUID.class))
                .isInstanceOf(BodyConversionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
