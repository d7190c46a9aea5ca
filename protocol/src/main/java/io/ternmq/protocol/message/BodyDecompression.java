package io.ternmq.protocol.message;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes what a sender did to a long body. Only zlib, which RocketMQ's clients use by default, is known here. */
public final class BodyDecompression {

    private static final int BODY_BYTES_MAX = 64 << 20;
    private static final int CHUNK_BYTES = 8 << 10;

    private BodyDecompression() {}

    /**
     * Decompresses where it can.
     *
     * @param sysFlag the record's, which says how
     * @param body    as it is stored
     * @return the body as it was before; as it is, when it is not compressed or cannot be decompressed
     */
    public static byte[] decompress(int sysFlag, byte[] body) {
        int type = sysFlag & SysFlag.COMPRESSION_MASK;
        boolean zlib = type == 0 || type == SysFlag.COMPRESSION_ZLIB;
        return (sysFlag & SysFlag.COMPRESSED) != 0 && zlib ? inflate(body) : body;
    }

    private static byte[] inflate(byte[] body) {
        var inflater = new Inflater();
        try {
            inflater.setInput(body);
            var out = new ByteArrayOutputStream(body.length * 2);
            byte[] chunk = new byte[CHUNK_BYTES];
            int count;
            while ((count = inflater.inflate(chunk)) > 0) {
                out.write(chunk, 0, count);
                if (out.size() > BODY_BYTES_MAX) {
                    return body;
                }
            }
            return inflater.finished() ? out.toByteArray() : body;
        } catch (DataFormatException notZlib) {
            return body;
        } finally {
            inflater.end();
        }
    }
}
