package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageId;
import org.junit.jupiter.api.Test;

class OffsetMessageIdTest {
    @Test
    void isHexOfAddressPortAndPosition() {
        assertThat(new OffsetMessageId(RecordFixture.STORE, 0x1234).encode())
                .isEqualTo("7F00000100002A9F0000000000001234");
    }

    @Property(tries = 200)
    void theOfficialCodecAgrees(@ForAll boolean ipv6, @ForAll @IntRange(max = 65535) int port, @ForAll long position)
            throws UnknownHostException {
        byte[] address =
                ipv6 ? new byte[] {32, 1, 13, -72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7} : new byte[] {-64, -88, -56, -2};
        HostAddress host = HostAddress.of(address, port);
        String id = new OffsetMessageId(host, position).encode();
        MessageId official = MessageDecoder.decodeMessageId(id);
        assertThat(official.getAddress()).isEqualTo(host.toSocketAddress());
        assertThat(official.getOffset()).isEqualTo(position);
        assertThat(MessageDecoder.createMessageId(host.toSocketAddress(), position))
                .isEqualTo(id);
        assertThat(OffsetMessageId.decode(id)).isEqualTo(new OffsetMessageId(host, position));
        assertThat(OffsetMessageId.decode(id.toLowerCase(Locale.ROOT)).position())
                .isEqualTo(position);
    }

    @Test
    void isWrittenWithoutAString() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[3 + OffsetMessageId.TEXT_LENGTH_IPV4]);
        int length = OffsetMessageId.encode(RecordFixture.STORE, 4711, buffer, 3);
        assertThat(length).isEqualTo(32);
        assertThat(buffer.getStringWithoutLengthAscii(3, length))
                .isEqualTo(new OffsetMessageId(RecordFixture.STORE, 4711).encode());
    }

    @Test
    void refusesWhatIsNoId() {
        assertThatThrownBy(() -> OffsetMessageId.decode("7F"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("message id: '7F' (expected: 32 or 56 hexadecimal digits)");
        assertThatThrownBy(() -> OffsetMessageId.decode("x".repeat(32))).hasMessageContaining("expected: 32 or 56");
        assertThatThrownBy(() -> OffsetMessageId.decode("١".repeat(32))).hasMessageContaining("expected: 32 or 56");
        assertThatThrownBy(() -> OffsetMessageId.decode("1".repeat(100_000))).hasMessageContaining("…'");
    }
}
