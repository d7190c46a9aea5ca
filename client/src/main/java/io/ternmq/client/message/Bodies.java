package io.ternmq.client.message;

import com.github.luben.zstd.ZstdInputStream;
import io.ternmq.InvalidRequestException;
import io.ternmq.protocol.message.BodyDecompression;
import io.ternmq.protocol.message.MessageRecordLayout;
import io.ternmq.protocol.message.SysFlag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Deflater;
import net.jpountz.lz4.LZ4FrameInputStream;

/** Makes long bodies shorter, and whole again. Thread-safe. */
public final class Bodies {

    /** As RocketMQ's clients do it. */
    private static final int LEVEL = 5;

    private static final int CHUNK_BYTES = 8 * 1024;

    private final int thresholdBytes;

    /**
     * Decides nothing else.
     *
     * @param thresholdBytes bodies of so many bytes or more are compressed
     */
    public Bodies(int thresholdBytes) {
        this.thresholdBytes = thresholdBytes;
    }

    /**
     * A body as it is sent.
     *
     * @param bytes   compressed or not
     * @param sysFlag bits of {@link SysFlag} that say which
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Sent(byte[] bytes, int sysFlag) {}

    /**
     * Compresses, where that pays.
     *
     * @param body whole
     * @return what to send
     * @throws InvalidRequestException when it is too large
     */
    public Sent forSending(byte[] body) {
        if (body.length >= thresholdBytes) {
            byte[] shorter = deflate(body);
            if (shorter.length < body.length) {
                return checked(new Sent(shorter, SysFlag.COMPRESSED | SysFlag.COMPRESSION_ZLIB));
            }
        }
        return checked(new Sent(body, 0));
    }

    private static Sent checked(Sent sent) {
        if (sent.bytes().length > MessageRecordLayout.BODY_BYTES_MAX) {
            throw new InvalidRequestException("body: " + sent.bytes().length + " bytes (expected: at most "
                    + MessageRecordLayout.BODY_BYTES_MAX + ")");
        }
        return sent;
    }

    private static byte[] deflate(byte[] body) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(body);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
            byte[] chunk = new byte[CHUNK_BYTES];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /**
     * Makes a body whole.
     *
     * @param body    as it came
     * @param sysFlag says whether and how it is compressed
     * @return as it was before it was sent; as it came, when it is damaged or the library that it needs is not there
     */
    public static byte[] whole(byte[] body, int sysFlag) {
        return BodyDecompression.decompress(sysFlag, body, Bodies::decompressing);
    }

    private static InputStream decompressing(int type, InputStream in) throws IOException {
        return switch (type) {
            case SysFlag.COMPRESSION_LZ4 -> Lz4.open(in);
            case SysFlag.COMPRESSION_ZSTD -> Zstd.open(in);
            default -> throw new IOException("compression " + type + " is not known");
        };
    }

    /** A class of its own, so that only who opens such a body needs the library. */
    private static final class Lz4 {

        static InputStream open(InputStream in) throws IOException {
            return new LZ4FrameInputStream(in);
        }
    }

    /** As with {@link Lz4}. */
    private static final class Zstd {

        static InputStream open(InputStream in) throws IOException {
            return new ZstdInputStream(in);
        }
    }
}
