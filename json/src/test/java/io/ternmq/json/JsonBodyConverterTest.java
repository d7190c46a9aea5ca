package io.ternmq.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.BodyConverter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class JsonBodyConverterTest {

    private final BodyConverter converter = new JsonBodyConverter();

    record Order(String number, BigDecimal amount, Instant paidAt, Optional<String> note) {}

    @Test
    void anObjectComesBackAsItWas() throws Exception {
        Order order =
                new Order("42", new BigDecimal("9.90"), Instant.parse("2026-01-02T03:04:05Z"), Optional.of("rush"));
        byte[] json = converter.write(order);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("\"2026-01-02T03:04:05Z\"");
        assertThat(converter.read(json, Order.class)).isEqualTo(order);
    }

    @Test
    void whatANewerProducerAddsIsPassedOver() throws Exception {
        byte[] json = "{\"number\":\"42\",\"colour\":\"red\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(converter.read(json, Order.class).number()).isEqualTo("42");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> converter.read("no".getBytes(StandardCharsets.UTF_8), Order.class))
                .isInstanceOf(Exception.class);
    }

    @Test
    void isFoundByBeingThere() {
        assertThat(ServiceLoader.load(BodyConverter.class)).hasAtLeastOneElementOfType(JsonBodyConverter.class);
    }
}
