package io.ternmq.client.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * How bytes get in and out: native epoll where it is there, the JDK's selector elsewhere.
 *
 * @param group       the event loops, daemon threads
 * @param channelType what connects
 * @param allocator   for all buffers
 */
record Transport(MultiThreadIoEventLoopGroup group, Class<? extends Channel> channelType, ByteBufAllocator allocator) {

    static Transport open(int threads) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new Transport(
                new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("tern-client", true), handlers),
                epoll ? EpollSocketChannel.class : NioSocketChannel.class,
                PooledByteBufAllocator.DEFAULT);
    }
}
