package io.ternmq.client.send;

import io.netty.buffer.ByteBuf;
import io.ternmq.client.wire.RequestWriter;
import java.util.List;
import java.util.function.Function;

/** Writes the messages of a batch, as {@link io.ternmq.protocol.message.BatchBody} describes them. */
final class BatchBodyWriter<T> implements RequestWriter.Body {

    private final List<T> all;
    private final Function<T, Draft> draftOf;
    private final int length;

    BatchBodyWriter(List<T> all, Function<T, Draft> draftOf, int length) {
        this.all = all;
        this.draftOf = draftOf;
        this.length = length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void writeTo(ByteBuf out) {
        for (int i = 0; i < all.size(); i++) {
            Draft draft = draftOf.apply(all.get(i));
            out.writeInt(draft.batchedBytes());
            out.writeInt(0); // magic
            out.writeInt(0); // checksum: the broker makes its own
            out.writeInt(0); // flag
            out.writeInt(draft.body().length);
            out.writeBytes(draft.body());
            out.writeShort(draft.properties().length);
            out.writeBytes(draft.properties());
        }
    }
}
