package io.ternmq.client.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.InvalidRequestException;
import io.ternmq.protocol.message.SysFlag;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
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

    @Property(tries = 50)
    void aBodyThatCannotBeReadIsHandedOverAsItCame(@ForAll CompressionType type, @ForAll @Size(max = 40) byte[] noise) {
        byte[] body = Arrays.copyOf(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, 4 + noise.length);
        System.arraycopy(noise, 0, body, 4, noise.length);
        assertThat(Bodies.whole(body, SysFlag.COMPRESSED | type.getCompressionFlag()))
                .isSameAs(body);
    }

    @Test
    void withoutTheLibrariesTheirBodiesAreHandedOverAsTheyCameAndTheOthersAreRead() throws Exception {
        Class<?> bare = new WithoutLibraries().loadClass(Bodies.class.getName());
        Method whole = bare.getMethod("whole", byte[].class, int.class);
        for (CompressionType type : CompressionType.values()) {
            byte[] sent = CompressorFactory.getCompressor(type).compress(LONG, 5);
            assertThat(whole.invoke(null, sent, SysFlag.COMPRESSED | type.getCompressionFlag()))
                    .isEqualTo(type == CompressionType.ZLIB ? LONG : sent);
        }
    }

    /** Has the classes of this package once more, and neither lz4 nor zstd. */
    private static final class WithoutLibraries extends ClassLoader {

        WithoutLibraries() {
            super(BodiesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("net.jpountz.") || name.startsWith("com.github.luben.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith(Bodies.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
