package io.ternmq.protocol.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Undoes what a sender did to a long body. A body that cannot be made whole is handed over as it is stored: its consumer finds out, and its attempts
 * come to an end, while an error here would keep it, and what comes with it, from ever being consumed.
 *
 * <p>Only zlib, which RocketMQ's clients use by default, and gzip, as clients of its gRPC protocol may call it, are known here; who has libraries for the others plugs them in.
 */
public final class BodyDecompression {

    private static final int BODY_BYTES_MAX = 64 << 20;

    /** Nothing else tells gzip from zlib: what begins like this cannot be zlib. */
    private static final int GZIP_MAGIC = GZIPInputStream.GZIP_MAGIC;

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
     * Decompresses where it can, and where it does not become too large.
     *
     * @param sysFlag  the record's, which says how
     * @param body     as it is stored
     * @param bytesMax so many bytes the body had before at most
     * @return the body as it was before; the same array when it is not compressed, or cannot be decompressed, or was larger
     */
    public static byte[] decompress(int sysFlag, byte[] body, int bytesMax) {
        return decompress(sysFlag, body, bytesMax, BodyDecompression::openNone);
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
        return decompress(sysFlag, body, BODY_BYTES_MAX, library);
    }

    private static byte[] decompress(int sysFlag, byte[] body, int bytesMax, Library library) {
        if ((sysFlag & SysFlag.COMPRESSED) == 0) {
            return body;
        }
        try (InputStream in = open(sysFlag & SysFlag.COMPRESSION_MASK, body, library)) {
            byte[] whole = in.readNBytes(bytesMax);
            boolean isTooLarge = whole.length == bytesMax && in.read() >= 0;
            return isTooLarge ? body : whole;
        } catch (IOException | RuntimeException | LinkageError damagedOrWithoutLibrary) {
            return body;
        }
    }

    private static InputStream open(int type, byte[] body, Library library) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        if (type != 0 && type != SysFlag.COMPRESSION_ZLIB) {
            return library.open(type, in);
        }
        return isGzip(body) ? new GZIPInputStream(in) : new InflaterInputStream(in);
    }

    private static boolean isGzip(byte[] body) {
        return body.length >= Short.BYTES && ((body[0] & 0xff) | (body[1] & 0xff) << Byte.SIZE) == GZIP_MAGIC;
    }

    private static InputStream openNone(int type, InputStream compressed) throws IOException {
        throw new IOException("compression " + type + " is not known");
    }
}
