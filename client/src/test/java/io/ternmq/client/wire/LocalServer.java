package io.ternmq.client.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.ternmq.protocol.remoting.HeaderFormat;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A server that remembers what it was asked, and answers as a test says. */
public final class LocalServer implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final CopyOnWriteArrayList<Channel> clients = new CopyOnWriteArrayList<>();
    private final Channel listening;
    private volatile Behaviour behaviour;

    /** What was asked. */
    @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
    public record Asked(int code, int opaque, boolean oneWay, Map<String, String> fields, byte[] body) {}

    /** What it answers. */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    public record Answer(int code, Map<String, String> fields, byte[] body) {

        public Answer(int code, Map<String, String> fields) {
            this(code, fields, new byte[0]);
        }

        public static Answer ok(Map<String, String> fields) {
            return new Answer(0, fields);
        }

        public static Answer ok(String body) {
            return new Answer(0, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says what to answer; null for nothing. */
    @FunctionalInterface
    public interface Behaviour {
        Answer answer(Asked asked);
    }

    public LocalServer(Behaviour behaviour) {
        this(behaviour, Optional.empty());
    }

    /** Encrypts where it is told how. */
    LocalServer(Behaviour behaviour, Optional<SslContext> tls) {
        this.behaviour = behaviour;
        this.listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        clients.add(channel);
                        tls.ifPresent(how -> channel.pipeline().addLast(how.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(new RemotingFrameDecoder(ConnectionLimits.DEFAULT.frames()), new Handler());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            RemotingFrame frame = (RemotingFrame) message;
            Map<String, String> fields = new TreeMap<>();
            for (int i = 0; i < frame.fieldCount(); i++) {
                fields.put(frame.fieldName(i), frame.fieldValue(i));
            }
            Asked request = new Asked(
                    frame.code(), frame.opaque(), frame.isOneway(), fields, ByteBufUtil.getBytes(frame.body()));
            frame.release();
            asked.add(request);
            Answer answer = behaviour.answer(request);
            if (answer != null) {
                ChannelFuture unused = send(ctx.channel(), frame.format(), request, answer);
            }
        }

        /** What cannot be read ends the connection, as at a real server. */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ChannelFuture unused = ctx.close();
        }
    }

    private static ChannelFuture send(Channel to, HeaderFormat format, Asked request, Answer answer) {
        ByteBuf out = to.alloc().buffer();
        RemotingFrameEncoder encoder =
                new RemotingFrameEncoder().beginResponse(format, request.opaque(), answer.code(), "said");
        answer.fields().forEach(encoder::field);
        encoder.end(out, answer.body().length);
        out.writeBytes(answer.body());
        return to.writeAndFlush(out);
    }

    /** Answers what it was asked earlier, by its one client; before it returns, so that no later answer comes first. */
    public void answer(Asked earlier, Answer answer) {
        clients.forEach(
                client -> send(client, HeaderFormat.JSON, earlier, answer).syncUninterruptibly());
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", ((InetSocketAddress) listening.localAddress()).getPort());
    }

    public Queue<Asked> asked() {
        return asked;
    }

    public void behave(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /** Asks something of all clients. */
    public void push(int code) {
        push(code, Map.of("consumerGroup", "g"));
    }

    /** Asks something of all clients, before it returns. */
    public void push(int code, Map<String, String> fields) {
        push(code, fields, "");
    }

    /** Asks something of all clients, before it returns. */
    public void push(int code, Map<String, String> fields, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (Channel client : clients) {
            ByteBuf out = client.alloc().buffer();
            RemotingFrameEncoder encoder = new RemotingFrameEncoder().beginRequest(HeaderFormat.JSON, 77, code);
            fields.forEach(encoder::field);
            encoder.end(out, bytes.length);
            out.writeBytes(bytes);
            client.writeAndFlush(out).syncUninterruptibly();
        }
    }

    /** How many of all clients that ever connected are still there. */
    public long connected() {
        return clients.stream().filter(Channel::isActive).count();
    }

    /** Stops to read, or goes on. */
    public void reads(boolean isSo) {
        clients.forEach(client -> client.config().setAutoRead(isSo));
    }

    public void disconnectAll() {
        clients.forEach(client -> client.close().syncUninterruptibly());
        clients.clear();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
