package io.ternmq.remoting;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.ternmq.broker.access.CannotListenException;
import io.ternmq.remoting.connection.ConnectionLimits;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The ports a server listens on. Nothing is accepted before {@link #accept}. */
final class Listeners {
    private static final int BACKLOG = 1024;
    /** Older clients and operators' tools send to the broker's port minus this. */
    private static final int VIP_DISTANCE = 2;

    private static final int FREE_PORT_TRIES = 20;

    private final List<Channel> channels;
    private final int brokerPort;
    private final int nameServerPort;

    private Listeners(List<Channel> channels, int brokerPort, int nameServerPort) {
        this.channels = channels;
        this.brokerPort = brokerPort;
        this.nameServerPort = nameServerPort;
    }

    /** Binds all ports, or none. */
    static Listeners bind(Transport transport, RemotingSettings settings, ChannelHandler connections) {
        ServerBootstrap bootstrap = bootstrap(transport, settings.limits(), connections);
        int tries = settings.brokerPort() == 0 ? FREE_PORT_TRIES : 1;
        for (int i = 1; ; i++) {
            List<Channel> bound = new ArrayList<>();
            try {
                int brokerPort = bind(bootstrap, settings.host(), settings.brokerPort(), bound);
                bind(bootstrap, settings.host(), brokerPort - VIP_DISTANCE, bound);
                int nameServerPort = settings.nameServerPort() == 0 ? brokerPort : settings.nameServerPort();
                if (nameServerPort != brokerPort && nameServerPort != brokerPort - VIP_DISTANCE) {
                    bind(bootstrap, settings.host(), nameServerPort, bound);
                }
                return new Listeners(bound, brokerPort, nameServerPort);
            } catch (CannotListenException e) {
                bound.forEach(channel -> channel.close().syncUninterruptibly());
                if (i == tries) {
                    throw e;
                }
            }
        }
    }

    /** Lets clients in. */
    void accept() {
        channels.forEach(channel -> channel.config().setAutoRead(true));
    }

    void close() {
        channels.forEach(channel -> channel.close().syncUninterruptibly());
    }

    int brokerPort() {
        return brokerPort;
    }

    int nameServerPort() {
        return nameServerPort;
    }

    List<InetSocketAddress> addresses() {
        return channels.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    private static ServerBootstrap bootstrap(Transport transport, ConnectionLimits limits, ChannelHandler connections) {
        return new ServerBootstrap()
                .group(transport.group())
                .channel(transport.channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(limits.writeLowBytes(), limits.writeHighBytes()))
                .childHandler(connections);
    }

    /** @return the port, which is another one when 0 was asked for */
    private static int bind(ServerBootstrap bootstrap, String host, int port, List<Channel> bound) {
        ChannelFuture binding =
                bootstrap.bind(new InetSocketAddress(host, port)).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new CannotListenException(host, port, binding.cause());
        }
        bound.add(binding.channel());
        return ((InetSocketAddress) binding.channel().localAddress()).getPort();
    }
}
