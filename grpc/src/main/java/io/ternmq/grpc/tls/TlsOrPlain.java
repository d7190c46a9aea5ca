package io.ternmq.grpc.tls;

import io.grpc.Attributes;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets each client choose: one whose first byte begins a TLS handshake gets TLS, any other plain text. gRPC's public
 * interface knows only one of both a port; so this stands on the three classes that it names {@code Internal…} and that other
 * servers build on, too.
 */
public final class TlsOrPlain implements InternalProtocolNegotiator.ProtocolNegotiator {
    /** What the first byte of a TLS record says about its content. */
    private static final int TLS_HANDSHAKE = 22;

    private final Supplier<SslContext> context;
    private final InternalProtocolNegotiator.ProtocolNegotiator plain = InternalProtocolNegotiators.serverPlaintext();
    private final Function<Channel, Attributes> arrival;

    private volatile InternalProtocolNegotiator.@Nullable ProtocolNegotiator tls;

    /**
     * @param context asked for when the first client wants TLS
     * @param arrival tells what the calls of a new connection know about it
     */
    public TlsOrPlain(Supplier<SslContext> context, Function<Channel, Attributes> arrival) {
        this.context = context;
        this.arrival = arrival;
    }

    @Override
    public AsciiString scheme() {
        return plain.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpcHandler) {
        return new FirstByte(grpcHandler);
    }

    @Override
    public void close() {
        plain.close();
    }

    /** Makes what TLS needs before a client asks for it. Any thread. */
    public void prepare() {
        InternalProtocolNegotiator.ProtocolNegotiator unused = tls();
    }

    private InternalProtocolNegotiator.ProtocolNegotiator tls() {
        InternalProtocolNegotiator.ProtocolNegotiator known = tls;
        if (known == null) {
            synchronized (this) {
                known = tls;
                if (known == null) {
                    known = InternalProtocolNegotiators.serverTls(context.get());
                    tls = known;
                }
            }
        }
        return known;
    }

    /** Waits for the first byte, and gives way to who understands it. */
    private final class FirstByte extends ByteToMessageDecoder {
        private final GrpcHttp2ConnectionHandler grpcHandler;
        private ProtocolNegotiationEvent begun = InternalProtocolNegotiationEvent.getDefault();

        FirstByte(GrpcHttp2ConnectionHandler grpcHandler) {
            this.grpcHandler = grpcHandler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event instanceof ProtocolNegotiationEvent negotiation) {
                Attributes known = InternalProtocolNegotiationEvent.getAttributes(negotiation);
                begun = InternalProtocolNegotiationEvent.withAttributes(
                        negotiation,
                        known.toBuilder()
                                .setAll(arrival.apply(context.channel()))
                                .build());
            } else {
                super.userEventTriggered(context, event);
            }
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            boolean isTls = in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE;
            ChannelHandler next = (isTls ? tls() : plain).newHandler(grpcHandler);
            context.pipeline().addAfter(context.name(), null, next);
            context.fireUserEventTriggered(begun);
            context.pipeline().remove(this);
        }
    }
}
