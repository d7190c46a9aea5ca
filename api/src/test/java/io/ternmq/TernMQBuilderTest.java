package io.ternmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.spi.Address;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TernMQBuilderTest {

    @Test
    void anAddressWithoutASchemeIsRefusedWithExamples() {
        assertThatThrownBy(() -> TernMQ.at("./data"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'./data'")
                .hasMessageContaining("file:./data");
    }

    @Test
    void anAddressThatNoEngineKnowsIsRefused() {
        assertThatThrownBy(() -> TernMQ.open("carrier-pigeon:loft"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("carrier-pigeon:loft")
                .hasMessageContaining("on the class path");
    }

    @Test
    void theSchemeIsInLowerCase() {
        assertThat(Address.parse("FILE:./Data")).isEqualTo(new Address("file", "./Data"));
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThat(new Credentials("ann", "s3cret")).hasToString("Credentials of ann");
    }

    @Test
    void aCertificateNeedsItsKey() {
        assertThatThrownBy(() -> new Tls(Optional.empty(), Optional.of(Path.of("me.pem")), Optional.empty(), true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
