package io.ternmq.client.wire;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.ternmq.Tls;
import io.ternmq.protocol.remoting.HostPort;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Encrypts connections. Thread-safe. */
final class ClientTls {

    private final SslContext context;

    /** @throws IllegalArgumentException when a file cannot be used */
    ClientTls(Tls tls) {
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().endpointIdentificationAlgorithm(tls.verifiesHost() ? "HTTPS" : null);
            tls.trusted().ifPresent(pem -> builder.trustManager(pem.toFile()));
            Optional<Path> key = tls.key();
            if (tls.certificate().isPresent() && key.isPresent()) {
                builder.keyManager(tls.certificate().get().toFile(), key.get().toFile());
            }
            this.context = builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException(
                    "tls: " + tls + " cannot be used (expected: certificates and key in PEM)", e);
        }
    }

    ChannelHandler handler(ByteBufAllocator allocator, HostPort address, int timeoutMs) {
        SslHandler handler = context.newHandler(allocator, address.host(), address.port());
        handler.setHandshakeTimeoutMillis(timeoutMs);
        return handler;
    }
}
