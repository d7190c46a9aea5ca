package io.ternmq.remoting.access;

import io.netty.buffer.ByteBuf;
import io.ternmq.log.RecordSink;
import io.ternmq.remoting.connection.ClientConnection;
import org.agrona.DirectBuffer;

/** Gathers records as they are read, to be sent as they are. For one thread. */
public final class RecordBuffer implements RecordSink {
    /** More is not gathered for one answer, unless the first record alone is larger. */
    public static final int BYTES_MAX = 512 * 1024;

    private static final int INITIAL_BYTES_MIN = 1024;

    private final ByteBuf bytes;
    private int lastIndex;

    /**
     * @param connection to which the records will be sent
     * @param bytesExpected how long the records will be together, as far as it is known
     */
    public RecordBuffer(ClientConnection connection, int bytesExpected) {
        this.bytes = connection.allocate(Math.max(INITIAL_BYTES_MIN, Math.min(bytesExpected, BYTES_MAX)));
    }

    @Override
    public boolean accept(DirectBuffer buffer, int index, int length, long offset) {
        if (bytes.isReadable() && bytes.readableBytes() + length > BYTES_MAX) {
            return false;
        }
        bytes.ensureWritable(length);
        lastIndex = bytes.writerIndex();
        buffer.getBytes(index, bytes.internalNioBuffer(bytes.writerIndex(), length), length);
        bytes.writerIndex(bytes.writerIndex() + length);
        return true;
    }

    /** Changes a field of the record that was gathered last: in the copy. */
    public void setInt(int field, int value) {
        bytes.setInt(lastIndex + field, value);
    }

    /** @return what was gathered; the caller releases it */
    public ByteBuf take() {
        return bytes;
    }
}
