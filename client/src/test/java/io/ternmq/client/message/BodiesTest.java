package io.ternmq.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.InvalidRequestException;
import io.ternmq.UnavailableException;
import io.ternmq.protocol.message.SysFlag;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.rocketmq.common.compression.CompressionType;
import org.apache.rocketmq.common.compression.Compressor;
import org.apache.rocketmq.common.compression.CompressorFactory;
import org.junit.jupiter.api.Test;

class BodiesTest {

    private static final byte[] LONG = "abcdefgh".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void longBodiesAreCompressedSoThatRocketMqsClientReadsThem() throws Exception {
        Bodies.Sent sent = new Bodies(4_096).forSending(LONG);
        assertThat(sent.bytes().length).isLessThan(LONG.length / 10);
        assertThat(sent.sysFlag() & SysFlag.COMPRESSED).isNotZero();
        Compressor theirs = CompressorFactory.getCompressor(CompressionType.findByValue((sent.sysFlag() >> 8) & 7));
        assertThat(theirs.decompress(sent.bytes())).isEqualTo(LONG);
    }

    @Property(tries = 50)
    void whatRocketMqsClientCompressesIsMadeWhole(@ForAll CompressionType type, @ForAll byte[] body) throws Exception {
        byte[] compressed = CompressorFactory.getCompressor(type).compress(body, 5);
        int sysFlag = SysFlag.COMPRESSED | type.getCompressionFlag();
        assertThat(Bodies.whole(compressed, sysFlag)).isEqualTo(body);
    }

    @Test
    void shortBodiesAndThoseThatDoNotShrinkStayAsTheyAre() {
        byte[] noise = new byte[8_192];
        new Random(1).nextBytes(noise);
        Bodies bodies = new Bodies(4_096);
        assertThat(bodies.forSending(noise)).isEqualTo(new Bodies.Sent(noise, 0));
        byte[] brief = {1, 2, 3};
        assertThat(bodies.forSending(brief)).isEqualTo(new Bodies.Sent(brief, 0));
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() {
        byte[] noise = new byte[5 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        assertThatThrownBy(() -> new Bodies(4_096).forSending(noise))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("4194304");
    }

    @Test
    void damagedBodiesAreNoticed() {
        assertThatThrownBy(() -> Bodies.whole(new byte[] {1, 2, 3}, SysFlag.COMPRESSED))
                .isInstanceOf(UnavailableException.class);
    }
}
