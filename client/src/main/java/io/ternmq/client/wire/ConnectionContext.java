package io.ternmq.client.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.ternmq.Credentials;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** What all connections share. Thread-safe. */
final class ConnectionContext {

    /** So much may lie in a channel, which nobody counts there; the rest waits in the outbox, where it is counted. */
    private static final WriteBufferWaterMark WRITTEN_BYTES = new WriteBufferWaterMark(512 * 1024, 1024 * 1024);

    private final Transport transport;
    private final ConnectionSettings settings;
    private final Optional<ClientTls> tls;
    private final NanoClock clock;
    private final long startNs;
    private final BackgroundResolver names = new BackgroundResolver(InetAddress::getAllByName);
    private final Pushes pushes = new Pushes();
    private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

    ConnectionContext(Transport transport, ConnectionSettings settings, Optional<ClientTls> tls, NanoClock clock) {
        this.transport = transport;
        this.settings = settings;
        this.tls = tls;
        this.clock = clock;
        this.startNs = clock.nanoTime();
    }

    /** Milliseconds since the beginning, which no change of the computer's time moves. */
    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - startNs);
    }

    ConnectionLimits limits() {
        return settings.limits();
    }

    ByteBufAllocator allocator() {
        return transport.allocator();
    }

    Pushes pushes() {
        return pushes;
    }

    List<ConnectionListener> listeners() {
        return listeners;
    }

    @Nullable
    RequestSigner newSigner() {
        Optional<Credentials> credentials = settings.credentials();
        return credentials.map(RequestSigner::new).orElse(null);
    }

    Bootstrap bootstrap(EventLoop loop, ConnectionHandler handler, HostPort address) {
        return new Bootstrap()
                .group(loop)
                .channel(transport.channelType())
                .resolver(names)
                .option(ChannelOption.ALLOCATOR, transport.allocator())
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITTEN_BYTES)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits().connectTimeoutMs())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(how -> channel.pipeline()
                                .addLast(how.handler(channel.alloc(), address, limits().connectTimeoutMs())));
                        channel.pipeline().addLast(new RemotingFrameDecoder(limits().frames()), handler);
                    }
                });
    }

    ByteBuf answer(RemotingFrame request, int code) {
        ByteBuf out = transport.allocator().buffer();
        new RemotingFrameEncoder()
                .beginResponse(request.format(), request.opaque(), code, null)
                .end(out, 0);
        return out;
    }

    /** No connection is made any more. */
    void close() {
        names.close();
    }

    /** Runs it there, or does the other thing when the event loops have ended. */
    void execute(EventLoop loop, Runnable task, Runnable ifEnded) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException ended) {
            ifEnded.run();
        }
    }
}
