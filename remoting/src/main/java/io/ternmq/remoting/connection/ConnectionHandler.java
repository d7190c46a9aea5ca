package io.ternmq.remoting.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.ternmq.broker.access.RateLimitedLog;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.message.HostAddress;
import io.ternmq.protocol.remoting.MalformedFrameException;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RemotingFrameDecoder;
import io.ternmq.protocol.remoting.ResponseCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a connection's pipeline: takes frames in, watches the limits, and tells when the client has gone. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails shows as the end of the connection
public final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

    private final LoopContext loop;
    private final RemotingFrameDecoder decoder;
    private final Membership membership;
    private final RateLimitedLog complaints;
    private @Nullable ClientConnection connection;
    private long unparsedBytes;

    /**
     * @param loop the event loop of the channel
     * @param decoder stands before this handler in the pipeline
     */
    public ConnectionHandler(
            LoopContext loop, RemotingFrameDecoder decoder, Membership membership, RateLimitedLog complaints) {
        this.loop = loop;
        this.decoder = decoder;
        this.membership = membership;
        this.complaints = complaints;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        HostAddress peer = HostAddress.of((InetSocketAddress) ctx.channel().remoteAddress());
        if (!loop.admission().admitConnection()) {
            complaints.warn(
                    "too many connections",
                    "Refused " + peer + ": there are " + loop.admission().connections()
                            + " connections (expected: at most "
                            + loop.admission().limits().connectionsMax() + ")");
            ctx.close();
            return;
        }
        connection = new ClientConnection(ctx.channel(), loop, peer, this::received);
        loop.opened(connection);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (connection != null) {
            loop.admission().unparsedChanged(-unparsedBytes);
            loop.admission().releaseConnection();
            loop.closed(connection);
            connection.closed();
            membership.connectionLost(connection);
            connection = null;
            loop.settleSoon(); // the last bytes of a client that went at once may have been a request
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        RemotingFrame frame = (RemotingFrame) message;
        try {
            if (connection != null) {
                connection.inTurn(frame);
            }
        } finally {
            frame.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        long unparsedNow = decoder.unparsedBytes();
        if (unparsedNow != unparsedBytes && connection != null) {
            boolean admitted = loop.admission().unparsedChanged(unparsedNow - unparsedBytes);
            unparsedBytes = unparsedNow;
            if (!admitted) {
                complaints.warn(
                        "unfinished frames",
                        "Closed " + connection.remoteAddress()
                                + ": the unfinished frames of all connections are too long together (expected: at most "
                                + loop.admission().limits().unparsedBytesMax() + " bytes)");
                ctx.close();
            }
        }
        loop.settleSoon();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (connection != null) {
            connection.writabilityChanged();
            loop.settle();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof MalformedFrameException) {
            complaints.warn("garbage", "Closed " + ctx.channel().remoteAddress() + ": " + cause.getMessage());
        } else if (cause instanceof IOException) {
            LOG.debug("{} has gone: {}", ctx.channel().remoteAddress(), cause.getMessage());
        } else {
            LOG.warn("Closed {}", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }

    private void received(ClientConnection from, RemotingFrame frame) {
        from.heardOfClient();
        if (frame.isResponse()) {
            from.answeredByClient(frame);
            return;
        }
        int bodyBytes = frame.body().readableBytes();
        boolean admitted = loop.admission().admitRequest(bodyBytes);
        int heldBytes = admitted ? bodyBytes : 0;
        Exchange exchange = new Exchange(from, frame, heldBytes);
        from.asked(heldBytes);
        if (admitted) {
            loop.dispatcher().dispatch(exchange, frame);
        } else {
            complaints.warn(
                    "busy",
                    "Answered 'busy': requests under way hold more than "
                            + loop.admission().limits().bytesInFlightMax() + " bytes");
            exchange.answer(ResponseCode.SYSTEM_BUSY, "the server holds too many requests, try again later");
        }
    }
}
