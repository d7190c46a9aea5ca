package io.ternmq.client.wire;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.ternmq.ClosedException;
import io.ternmq.protocol.remoting.HostPort;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of one open queue, and its event loops. Thread-safe. */
public final class Connections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
    private static final long QUIET_MS = 0;
    private static final long END_MS_MAX = 5_000;

    private final Transport transport;
    private final ConnectionContext context;
    private final Map<HostPort, Connection> byAddress = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Starts the event loops. Connections are made when they are needed.
     *
     * @param settings how
     * @param clock    measures how long things take
     * @throws IllegalArgumentException when the certificates cannot be used
     */
    public Connections(ConnectionSettings settings, NanoClock clock) {
        Optional<ClientTls> tls = settings.tls().map(ClientTls::new);
        this.transport = Transport.open(settings.ioThreads());
        this.context = new ConnectionContext(transport, settings, tls, clock);
    }

    /**
     * Has somebody told what becomes of connections.
     *
     * @param listener is told of each
     */
    public void listen(ConnectionListener listener) {
        context.listeners().add(listener);
    }

    /**
     * Has requests of servers taken.
     *
     * @param code    which
     * @param handler by whom
     */
    public void on(int code, PushHandler handler) {
        context.pushes().on(code, handler);
    }

    /**
     * The connection to an address.
     *
     * @param address where
     * @return always the same one
     * @throws ClosedException when all are closed
     */
    public Connection to(HostPort address) {
        Connection known = byAddress.get(address);
        return known != null ? known : byAddress.computeIfAbsent(address, this::make);
    }

    private Connection make(HostPort address) {
        if (closed) {
            throw new ClosedException("no connection to " + address + ": the queue is closed");
        }
        return new Connection(context, address, transport.group().next());
    }

    /**
     * Those that were ever asked for.
     *
     * @return a copy
     */
    public Collection<Connection> all() {
        return List.copyOf(byAddress.values());
    }

    /**
     * Does something later, on an event loop: it must not block.
     *
     * @param delay 0 or more
     * @param task  what
     * @return cancels it
     * @throws ClosedException when all is closed
     */
    public Runnable schedule(Duration delay, Runnable task) {
        EventLoop loop = transport.group().next();
        try {
            Future<?> later = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> later.cancel(false);
        } catch (RejectedExecutionException ended) {
            throw new ClosedException("the queue is closed", ended);
        }
    }

    /** Closes all connections; what waits fails, sends that are under way come to their end. Must not be called on an event loop. */
    @Override
    public void close() {
        closed = true;
        CompletableFuture<Void> ended = CompletableFuture.allOf(
                byAddress.values().stream().map(Connection::close).toArray(CompletableFuture<?>[]::new));
        if (isOwnThread()) {
            CompletableFuture<?> unused = ended.thenApply(nothing -> endLoops().isDone());
            return;
        }
        try {
            ended.get(END_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            LOG.warn("Not all connections came to their end within {} ms", END_MS_MAX, late);
        }
        endLoops().awaitUninterruptibly(END_MS_MAX);
    }

    private Future<?> endLoops() {
        context.close();
        return transport.group().shutdownGracefully(QUIET_MS, END_MS_MAX, TimeUnit.MILLISECONDS);
    }

    private boolean isOwnThread() {
        for (EventExecutor loop : transport.group()) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }
}
