package io.ternmq.client.wire;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks names of hosts up on threads of its own: the JDK blocks while it does, for many seconds when no name server answers, and an event loop has other
 * connections to serve. Thread-safe.
 */
final class BackgroundResolver extends AddressResolverGroup<InetSocketAddress> {

    private static final int THREADS = 2;
    /** Each connection waits for one name at most. */
    private static final int WAITING_MAX = 10_000;

    private static final long IDLE_SECONDS = 10;

    private final Lookup lookup;
    private final ThreadPoolExecutor threads;

    /** Knows the addresses of names. */
    @FunctionalInterface
    interface Lookup {

        /** @return at least one; may block */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    BackgroundResolver(Lookup lookup) {
        this.lookup = lookup;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, "tern-names");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Names(executor).asAddressResolver();
    }

    @Override
    public void close() {
        super.close();
        threads.shutdownNow();
    }

    private final class Names extends InetNameResolver {

        Names(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            look(host, promise, addresses -> addresses[0]);
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            look(host, promise, List::of);
        }

        private <T> void look(String host, Promise<T> promise, Function<InetAddress[], T> result) {
            try {
                threads.execute(() -> {
                    try {
                        promise.trySuccess(result.apply(lookup.addresses(host)));
                    } catch (UnknownHostException unknown) {
                        promise.tryFailure(unknown);
                    }
                });
            } catch (RejectedExecutionException tooManyOrClosed) {
                promise.tryFailure(tooManyOrClosed);
            }
        }
    }
}
