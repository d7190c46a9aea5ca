package io.ternmq.remoting;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
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
 * @param allocator for all buffers of connections
 */
record Transport(
        MultiThreadIoEventLoopGroup group, Class<? extends ServerChannel> channelType, ByteBufAllocator allocator) {
    private static final int LOOPS_MAX = 2;
    private static final int PAGE_BYTES = 8 * 1024;
    /** Chunks of 1 MiB: the process's memory is small, and larger buffers are few. */
    private static final int CHUNK_ORDER = 7;

    private static final int SMALL_CACHE = 256;
    private static final int NORMAL_CACHE = 64;

    static Transport open(int processors) {
        int loops = Math.max(1, Math.min(LOOPS_MAX, processors));
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new Transport(
                new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("tern-io"), handlers),
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class,
                new PooledByteBufAllocator(
                        true, 0, loops + 1, PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, true));
    }
}
