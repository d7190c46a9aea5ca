package io.ternmq.protocol.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/**
 * Undoes what a sender did to a long body. A body that cannot be made whole is handed over as it is stored: its consumer finds out, and its attempts
 * come to an end, while an error here would keep it, and what comes with it, from ever being consumed.
 *
 * <p>Only zlib, which RocketMQ's clients use by default, is known here; who has libraries for the others plugs them in.
 */
public final class BodyDecompression {

    private static final int BODY_BYTES_MAX = 64 << 20;

    private BodyDecompression() {}

    /** Kinds of compression that need a library. */
    @FunctionalInterface
    public interface Library {

        /**
         * Begins to decompress.
         *
         * @param type       one of {@link SysFlag#COMPRESSION_LZ4} and {@link SysFlag#COMPRESSION_ZSTD}
         * @param compressed the body
         * @return the body as it was before
         * @throws IOException when it is damaged, or of a kind that is not known
         */
        InputStream open(int type, InputStream compressed) throws IOException;
    }

    /**
     * Decompresses where it can.
     *
     * @param sysFlag the record's, which says how
     * @param body    as it is stored
     * @return the body as it was before; as it is, when it is not compressed or cannot be decompressed
     */
    public static byte[] decompress(int sysFlag, byte[] body) {
        return decompress(sysFlag, body, BodyDecompression::openNone);
    }

    /**
     * Decompresses where it can.
     *
     * @param sysFlag the record's, which says how
     * @param body    as it is stored
     * @param library for what is not zlib; a {@link LinkageError} says that it is not there
     * @return the body as it was before; as it is, when it is not compressed or cannot be decompressed
     */
    public static byte[] decompress(int sysFlag, byte[] body, Library library) {
        if ((sysFlag & SysFlag.COMPRESSED) == 0) {
            return body;
        }
        try (InputStream in = open(sysFlag & SysFlag.COMPRESSION_MASK, new ByteArrayInputStream(body), library)) {
            byte[] whole = in.readNBytes(BODY_BYTES_MAX);
            boolean isTooLarge = whole.length == BODY_BYTES_MAX && in.read() >= 0;
            return isTooLarge ? body : whole;
        } catch (IOException | RuntimeException | LinkageError damagedOrWithoutLibrary) {
            return body;
        }
    }

    private static InputStream open(int type, InputStream body, Library library) throws IOException {
        return type == 0 || type == SysFlag.COMPRESSION_ZLIB ? new InflaterInputStream(body) : library.open(type, body);
    }

    private static InputStream openNone(int type, InputStream compressed) throws IOException {
        throw new IOException("compression " + type + " is not known");
    }
}
