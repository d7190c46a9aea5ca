package io.ternmq.protocol.remoting;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Writes one header in one of the formats: begin, fields, end. */
sealed interface HeaderWriter permits JsonHeaderWriter, BinaryHeaderWriter {
    void begin(HeaderBuffer out, int code, int opaque, int flag, @Nullable String remark);

    void field(HeaderBuffer out, String name, long value);

    void field(HeaderBuffer out, String name, String value);

    /** The value is UTF-8 in a buffer. */
    void field(HeaderBuffer out, String name, DirectBuffer value, int index, int length);

    void end(HeaderBuffer out);
}
