package io.ternmq.grpc.tls;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** Makes what TLS needs to know about this server. */
public final class TlsContexts {
    private TlsContexts() {}

    /** @return with a certificate that is made for this run */
    public static SslContext selfSigned(long nowMs) {
        try {
            SelfSigned self = SelfSigned.make(nowMs);
            return context(SslContextBuilder.forServer(self.key(), self.certificate()));
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException("no certificate could be made: " + e.getMessage(), e);
        }
    }

    /**
     * Reads files in PEM.
     *
     * @throws IllegalArgumentException when they cannot be read, or do not belong together; names them
     */
    public static SslContext ofFiles(Path certificates, Path key) {
        try {
            IdentityFiles files = IdentityFiles.read(certificates, key);
            return context(
                    SslContextBuilder.forServer(files.key(), files.chain().toArray(new X509Certificate[0])));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "certificate " + certificates + ", key " + key
                            + " (expected: files in PEM that belong together, the key in PKCS#8 without a password): "
                            + e.getMessage(),
                    e);
        }
    }

    private static SslContext context(SslContextBuilder builder) throws SSLException {
        return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    }
}
