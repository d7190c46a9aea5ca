package io.ternmq.grpc;

import io.grpc.Attributes;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CannotListenException;
import io.ternmq.broker.traffic.ClientThrottles;
import io.ternmq.grpc.call.CallConnection;
import io.ternmq.grpc.call.CallCount;
import io.ternmq.grpc.call.CallLoop;
import io.ternmq.grpc.call.InboundBytes;
import io.ternmq.grpc.tls.TlsContexts;
import io.ternmq.grpc.tls.TlsOrPlain;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves RocketMQ's v5 clients. Has at most two event loops and no other thread. */
public final class GrpcServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcServer.class);

    /** Clients may ask so often whether the server is there; RocketMQ's do it every 30 seconds. */
    private static final long CLIENT_PING_MS_MIN = 5_000;

    private static final long PING_MS = 60_000;
    private static final long PING_ANSWER_MS_MAX = 20_000;
    private static final long CLOSE_MS_MAX = 2_000;
    private static final int BACKLOG = 1_024;
    /** No client of RocketMQ's compresses calls, and what a compressed one needs shows only when it is there. */
    private static final DecompressorRegistry UNCOMPRESSED =
            DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

    private final LostWrites lostWrites = LostWrites.keepOut();
    private final Transport transport;
    private final Map<EventLoop, CallLoop> loops = new ConcurrentHashMap<>();
    private final Map<CallConnection, Boolean> connections = new ConcurrentHashMap<>();
    private final AtomicInteger connectionCount = new AtomicInteger();
    private final GrpcSettings settings;
    private final EpochClock clock;
    private final TlsOrPlain negotiator;
    private final Server server;

    private GrpcServer(GrpcSettings settings, Broker broker, Supplier<SslContext> tls) {
        this.settings = settings;
        this.clock = broker.clock();
        this.transport = Transport.open(Runtime.getRuntime().availableProcessors());
        for (EventExecutor executor : transport.group()) {
            EventLoop loop = (EventLoop) executor;
            loops.put(
                    loop,
                    new CallLoop(
                            loop,
                            broker.shard(),
                            broker.replies(),
                            settings.limits().stalledMs()));
        }
        this.negotiator = new TlsOrPlain(tls, this::arrived);
        GrpcLimits limits = settings.limits();
        InboundBytes inbound = new InboundBytes(limits.inboundBytesMax(), limits.busyBytesMax());
        CallCount calls = new CallCount(limits.callsMax());
        this.server = NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
                .bossEventLoopGroup(transport.group())
                .workerEventLoopGroup(transport.group())
                .channelType(transport.channelType())
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .withChildOption(ChannelOption.TCP_NODELAY, true)
                .directExecutor()
                .decompressorRegistry(UNCOMPRESSED)
                .protocolNegotiator(negotiator)
                .addStreamTracerFactory(inbound)
                .addStreamTracerFactory(calls)
                .intercept(calls)
                .maxConcurrentCallsPerConnection(limits.callsPerConnectionMax())
                .maxInboundMessageSize(limits.messageBytesMax())
                .maxInboundMetadataSize(limits.metadataBytesMax())
                .maxConnectionIdle(limits.idleMs(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(CLIENT_PING_MS_MIN, TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(PING_MS, TimeUnit.MILLISECONDS)
                .keepAliveTimeout(PING_ANSWER_MS_MAX, TimeUnit.MILLISECONDS)
                .addService(MessagingMethods.define(settings, broker, inbound))
                .build();
    }

    /**
     * Starts to serve.
     *
     * @throws CannotListenException when the port is taken, or the address is not this machine's
     * @throws IllegalArgumentException when the certificate or its key cannot be used
     */
    public static GrpcServer start(GrpcSettings settings, Broker broker) {
        GrpcSettings.TlsIdentity identity = settings.identity();
        Supplier<SslContext> tls = () -> TlsContexts.selfSigned(broker.clock().time());
        if (identity != null) {
            SslContext ofFiles = TlsContexts.ofFiles(identity.certificates(), identity.key());
            tls = () -> ofFiles;
        }
        GrpcServer started = new GrpcServer(settings, broker, tls);
        try {
            started.server.start();
            started.prepareTls(broker);
            return started;
        } catch (IOException e) {
            started.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CannotListenException(settings.host(), settings.port(), cause);
        }
    }

    /** A certificate takes a moment to make, which no event loop has; should nobody have made it, the first client who wants it does. */
    private void prepareTls(Broker broker) {
        boolean isUnderWay = broker.readers().submit(scratch -> negotiator.prepare());
        LOG.debug("TLS is prepared now: {}", isUnderWay);
    }

    /** @return where it listens */
    public int port() {
        return server.getPort();
    }

    /** Lets nobody in any more, then closes all connections. What was not answered stays unanswered. */
    @Override
    public void close() {
        server.shutdown();
        connections.keySet().forEach(CallConnection::close);
        server.shutdownNow();
        transport
                .group()
                .shutdownGracefully(0, CLOSE_MS_MAX, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
        lostWrites.close();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection too many is closed; that it has, its client sees
    private Attributes arrived(Channel channel) {
        CallLoop loop = Objects.requireNonNull(loops.get(channel.eventLoop()));
        ClientThrottles throttles = new ClientThrottles(settings.sendRate(), clock.time());
        CallConnection connection = new CallConnection(channel, loop, throttles);
        connections.put(connection, true);
        if (connectionCount.incrementAndGet() > settings.limits().connectionsMax()) {
            connection.close();
        }
        channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            connectionCount.decrementAndGet();
        });
        return Attributes.newBuilder().set(CallConnection.KEY, connection).build();
    }
}
