package io.ternmq.grpc.call;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of requests that have arrived, in whole or in part, and are not answered, over all connections. A connection that
 * goes beyond the limit is closed: otherwise many calls that never end their request could fill the memory. Thread-safe.
 */
public final class InboundBytes extends ServerStreamTracer.Factory {
    private final AtomicLong bytes = new AtomicLong();
    private final long bytesMax;
    private final long busyBytesMax;

    /**
     * @param bytesMax above it connections are closed
     * @param busyBytesMax above it sends should be refused
     */
    public InboundBytes(long bytesMax, long busyBytesMax) {
        this.bytesMax = bytesMax;
        this.busyBytesMax = busyBytesMax;
    }

    /** @return whether more should not be begun */
    public boolean isBusy() {
        return bytes.get() > busyBytesMax;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        return new OfCall();
    }

    /** What one call holds. Of a stream of requests only what is not whole yet counts. */
    private final class OfCall extends ServerStreamTracer {
        private @Nullable CallConnection connection;
        private boolean isStream;
        private long held;

        @Override
        public void serverCallStarted(ServerCallInfo<?, ?> callInfo) {
            connection = callInfo.getAttributes().get(CallConnection.KEY);
            isStream = !callInfo.getMethodDescriptor().getType().clientSendsOneMessage();
        }

        @Override
        public void inboundWireSize(long size) {
            held += size;
            if (bytes.addAndGet(size) > bytesMax && connection != null) {
                connection.close();
            }
        }

        @Override
        public void inboundMessageRead(int seqNo, long wireSize, long uncompressedSize) {
            if (isStream) {
                release();
            }
        }

        @Override
        public void streamClosed(Status status) {
            release();
        }

        private void release() {
            bytes.addAndGet(-held);
            held = 0;
        }
    }
}
