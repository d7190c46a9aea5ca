package io.ternmq.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyDecompressionTest {

    private static final byte[] BODY = "hello ".repeat(5_000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

    @Test
    void undoesZlibWithAndWithoutTheNewerFlag() throws IOException {
        byte[] compressed = deflate();
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, compressed)).isEqualTo(BODY);
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED | SysFlag.COMPRESSION_ZLIB, compressed))
                .isEqualTo(BODY);
    }

    @Test
    void undoesGzipWhichSomeCallTheSame() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(BODY);
        }
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, bytes.toByteArray()))
                .isEqualTo(BODY);
    }

    @Test
    void leavesAloneWhatWasLargerThanWanted() throws IOException {
        byte[] compressed = deflate();
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, compressed, BODY.length))
                .isEqualTo(BODY);
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, compressed, BODY.length - 1))
                .isSameAs(compressed);
    }

    @Test
    void leavesAloneWhatItCannotRead() {
        assertThat(BodyDecompression.decompress(0, BODY)).isSameAs(BODY);
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, BODY)).isSameAs(BODY);
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED | SysFlag.COMPRESSION_ZSTD, BODY))
                .isSameAs(BODY);
    }

    @Test
    void asksALibraryForWhatIsNotZlibAndLeavesTheBodyAloneWhereItIsNotThereOrFails() throws IOException {
        byte[] body = {3, 2, 1};
        int zstd = SysFlag.COMPRESSED | SysFlag.COMPRESSION_ZSTD;
        assertThat(BodyDecompression.decompress(zstd, body, (type, in) -> {
                    assertThat(type).isEqualTo(SysFlag.COMPRESSION_ZSTD);
                    return new ByteArrayInputStream(BODY);
                }))
                .isEqualTo(BODY);
        assertThat(BodyDecompression.decompress(zstd, body, (type, in) -> {
                    throw new NoClassDefFoundError("com/github/luben/zstd");
                }))
                .isSameAs(body);
        assertThat(BodyDecompression.decompress(zstd, body, (type, in) -> {
                    throw new IllegalStateException("damaged");
                }))
                .isSameAs(body);
    }

    @Test
    void leavesAloneWhatIsCutOff() throws IOException {
        byte[] compressed = deflate();
        byte[] cut = java.util.Arrays.copyOf(compressed, compressed.length / 2);
        assertThat(BodyDecompression.decompress(SysFlag.COMPRESSED, cut)).isSameAs(cut);
    }

    private static byte[] deflate() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(BODY);
        }
        return bytes.toByteArray();
    }
}
