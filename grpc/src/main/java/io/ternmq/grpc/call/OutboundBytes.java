package io.ternmq.grpc.call;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of messages that clients have not taken yet, over all connections. Thread-safe. */
public final class OutboundBytes {
    private final AtomicLong bytes = new AtomicLong();
    private final long bytesMax;

    /** @param bytesMax above it nothing more should be read for clients */
    public OutboundBytes(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** @return whether clients together take what is read for them */
    public boolean hasRoom() {
        return bytes.get() < bytesMax;
    }

    void changed(long difference) {
        bytes.addAndGet(difference);
    }
}
