package io.ternmq.protocol.remoting;

import io.netty.buffer.ByteBuf;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets Agrona's views look at what is in a Netty buffer. */
public final class FrameBody {
    private FrameBody() {}

    /**
     * Wraps the readable bytes, without copying where they lie in one piece (as those of a frame do). The view is valid as long as
     * the buffer is not released.
     */
    public static void wrap(UnsafeBuffer view, ByteBuf body) {
        int length = body.readableBytes();
        if (length == 0) {
            view.wrap(0, 0);
        } else if (body.hasMemoryAddress()) {
            view.wrap(body.memoryAddress() + body.readerIndex(), length);
        } else if (body.hasArray()) {
            view.wrap(body.array(), body.arrayOffset() + body.readerIndex(), length);
        } else {
            byte[] copy = new byte[length];
            body.getBytes(body.readerIndex(), copy);
            view.wrap(copy);
        }
    }
}
