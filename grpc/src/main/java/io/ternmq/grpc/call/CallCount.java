package io.ternmq.grpc.call;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the calls that are under way, waiting ones included, over all connections. One too many fails: each takes memory, and
 * what a connection may have is more than all together can. Thread-safe.
 */
public final class CallCount extends ServerStreamTracer.Factory implements ServerInterceptor {
    private final AtomicInteger count = new AtomicInteger();
    private final int countMax;

    /** @param countMax so many calls at most */
    public CallCount(int countMax) {
        this.countMax = countMax;
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
        count.incrementAndGet();
        return new ServerStreamTracer() {
            @Override
            public void streamClosed(Status status) {
                count.decrementAndGet();
            }
        };
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        if (count.get() > countMax) {
            call.close(Status.RESOURCE_EXHAUSTED.withDescription("too many calls"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return next.startCall(call, headers);
    }
}
