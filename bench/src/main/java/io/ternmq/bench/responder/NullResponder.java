package io.ternmq.bench.responder;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.ternmq.bench.measure.Options;
import java.io.PrintStream;

/** Listens on one port of the loopback address until the process ends. */
public final class NullResponder {
    private static final int FRAME_BYTES_MAX = 16 << 20;
    private static final String HOST = "127.0.0.1";

    private final Options options;
    private final PrintStream out;

    /** @param options {@code --port 9876} */
    public NullResponder(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Serves.
     *
     * @return 0, once the process is told to end
     * @throws InterruptedException when it shall end
     */
    public int run() throws InterruptedException {
        int port = options.count("port", 9_876);
        options.refuseUnknown();
        Answers answers = new Answers(HOST, port);
        FakeQueues queues = new FakeQueues();
        // One thread, as there is one connection that counts: so nothing in here needs a lock.
        EventLoopGroup loop = Epoll.isAvailable() ? new EpollEventLoopGroup(1) : new NioEventLoopGroup(1);
        Class<? extends ServerChannel> channel =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(channel)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel accepted) {
                        accepted.pipeline()
                                .addLast(new LengthFieldBasedFrameDecoder(FRAME_BYTES_MAX, 0, 4, 0, 4))
                                .addLast(new Responder(answers, queues));
                    }
                })
                .bind(HOST, port)
                .sync()
                .channel();
        out.println("listening on " + HOST + ":" + port);
        out.flush();
        server.closeFuture().sync();
        return 0;
    }
}
