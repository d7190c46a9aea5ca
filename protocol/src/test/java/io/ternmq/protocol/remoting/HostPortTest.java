package io.ternmq.protocol.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @Test
    void readsNamesAndAddresses() {
        assertThat(HostPort.parse("mq.example.org:9876")).contains(new HostPort("mq.example.org", 9876));
        assertThat(HostPort.parse("[::1]:9876")).contains(new HostPort("::1", 9876));
        assertThat(new HostPort("::1", 9876)).hasToString("[::1]:9876");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", ":9876", "a:", "a:x", "a:0", "a:65536", "a:-1"})
    void refusesTheRest(String text) {
        assertThat(HostPort.parse(text)).isEmpty();
    }
}
