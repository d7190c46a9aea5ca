package io.ternmq.grpc;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * How bytes get in and out: native epoll where it is there, the JDK's selector elsewhere.
 *
 * @param group the event loops
 * @param channelType what listens
 */
record Transport(MultiThreadIoEventLoopGroup group, Class<? extends ServerChannel> channelType) {
    private static final int LOOPS_MAX = 2;

    static Transport open(int processors) {
        int loops = Math.max(1, Math.min(LOOPS_MAX, processors));
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new Transport(
                new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("tern-grpc"), handlers),
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
    }
}
