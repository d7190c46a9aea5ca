package io.ternmq.grpc.call;

import io.grpc.Attributes;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.ternmq.broker.traffic.ClientThrottles;
import io.ternmq.protocol.message.HostAddress;
import java.net.InetSocketAddress;

/** A client's connection, over which its calls come. Event-loop thread only, but for {@link #close}. */
public final class CallConnection {
    /** By this its calls know it. */
    public static final Attributes.Key<CallConnection> KEY = Attributes.Key.create("tern-connection");

    private static final HostAddress UNKNOWN_PEER = HostAddress.of(new byte[4], 0);

    private final Channel channel;
    private final CallLoop loop;
    private final ClientThrottles throttles;
    private final HostAddress peer;

    /** @param throttles hold this connection to its rates */
    public CallConnection(Channel channel, CallLoop loop, ClientThrottles throttles) {
        this.channel = channel;
        this.loop = loop;
        this.throttles = throttles;
        this.peer =
                channel.remoteAddress() instanceof InetSocketAddress address ? HostAddress.of(address) : UNKNOWN_PEER;
    }

    /** @return where its calls run */
    public CallLoop loop() {
        return loop;
    }

    /** @return the client's side */
    public HostAddress peer() {
        return peer;
    }

    /** @return what holds it to its rates */
    public ClientThrottles throttles() {
        return throttles;
    }

    /**
     * Ends it with all of its calls, at once: gRPC's own way to close waits for calls to end, which those of a client that does
     * not read never do. Any thread.
     */
    public void close() {
        channel.eventLoop().execute(this::closeNow);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // its end shows as the end of its calls
    private void closeNow() {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close(); // from the first handler on outwards: past gRPC's
        }
    }
}
