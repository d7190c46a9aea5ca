package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class HostAddressTest {
    @Test
    void isShownAsPeopleWriteIt() {
        assertThat(RecordFixture.STORE).hasToString("127.0.0.1:10911");
        assertThat(RecordFixture.IPV6).hasToString("[fe80:0:0:0:0:0:1:2]:10911");
    }

    @Test
    void isEqualByAddressAndPort() {
        HostAddress same = HostAddress.of(new byte[] {127, 0, 0, 1}, 10911);
        assertThat(same).isEqualTo(RecordFixture.STORE).hasSameHashCodeAs(RecordFixture.STORE);
        assertThat(same).isNotEqualTo(HostAddress.of(new byte[] {127, 0, 0, 1}, 10912));
        assertThat(same.port()).isEqualTo(10911);
        assertThat(same.isIpv6()).isFalse();
    }

    @Test
    void keepsItsOwnCopyOfTheBytes() {
        byte[] bytes = {127, 0, 0, 1};
        HostAddress address = HostAddress.of(bytes, 10911);
        bytes[0] = 9;
        assertThat(address).isEqualTo(RecordFixture.STORE);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatThrownBy(() -> HostAddress.of(new byte[5], 1)).hasMessage("address: 5 bytes (expected: 4 or 16)");
        assertThatThrownBy(() -> HostAddress.of(InetSocketAddress.createUnresolved("nowhere", 1)))
                .hasMessageContaining("expected: a resolved address");
    }
}
