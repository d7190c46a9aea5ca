package io.ternmq.protocol.remoting;

import org.jspecify.annotations.Nullable;

/** What a header says, while it is being read. */
final class FrameHeader {
    final HeaderFormat format;
    final HeaderFields fields;
    int code;
    int language = LanguageCode.OTHER;
    int version;
    int opaque;
    int flag;

    @Nullable
    String remark;

    FrameHeader(HeaderFormat format, HeaderFields fields) {
        this.format = format;
        this.fields = fields;
    }
}
