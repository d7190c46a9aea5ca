package io.ternmq.remoting;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The body of a batch, as clients write it. */
final class BatchBytes {
    private BatchBytes() {}

    static byte[] of(List<String> bodies) {
        ByteBuf batch = Unpooled.buffer();
        for (String text : bodies) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            byte[] properties = "UNIQ_KEY\u0001u\u0002".getBytes(StandardCharsets.UTF_8);
            batch.writeInt(22 + body.length + properties.length);
            batch.writeInt(0);
            batch.writeInt(0);
            batch.writeInt(3);
            batch.writeInt(body.length);
            batch.writeBytes(body);
            batch.writeShort(properties.length);
            batch.writeBytes(properties);
        }
        return ByteBufUtil.getBytes(batch);
    }
}
