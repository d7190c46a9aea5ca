package io.ternmq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.TernMQ;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.spi.Address;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSettingsTest {

    @Test
    void everySettingHasADefaultAndCanBeSet() {
        assertThat(ClientSettings.read(Map.of()).requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        ClientSettings set = ClientSettings.read(
                Map.of("request.timeout", "1500ms", "compression.threshold", "100", "connection.requests-max", "7"));
        assertThat(set.requestTimeout()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(set.compressionThreshold()).isEqualTo(100);
        assertThat(set.limits().requestsMax()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"request.timeout,soon", "request.timeout,0s", "io.threads,-1", "compression.threshold,4K", "no.such,1"})
    void wrongOnesAreRefusedWithNameValueAndExpectation(String name, String value) {
        assertThatThrownBy(() -> TernMQ.at("tern://localhost").set(name, value).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(value)
                .hasMessageContaining("expected");
    }

    @Test
    void addressesNameServersAndTheUsualPort() {
        assertThat(ServerAddress.nameServers(Address.parse("tern://one:1,two,[::1]:3,[::2]")))
                .containsExactly(
                        new HostPort("one", 1),
                        new HostPort("two", 9_876),
                        new HostPort("::1", 3),
                        new HostPort("::2", 9_876));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tern:", "tern://", "tern:host", "tern://host:port", "tern://a,,b", "tern://host:0"})
    void addressesThatCannotBeMeantAreRefused(String address) {
        assertThatThrownBy(() -> TernMQ.open(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
