package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.MessagingServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.ternmq.grpc.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own proves by it who it is. */
class GivenIdentityTest {
    @TempDir
    private Path folder;

    private GrpcFixture serverWith(PemFiles files) {
        GrpcSettings settings = GrpcSettings.of("127.0.0.1", 0)
                .withIdentity(new GrpcSettings.TlsIdentity(files.certificate(), files.key()));
        return new GrpcFixture(folder.resolve("data"), settings);
    }

    private Code sentTrusting(Path certificate, GrpcFixture server) throws IOException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(certificate.toFile())
                        .build())
                .build();
        try {
            return MessagingServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(GrpcFixture.headers("careful")))
                    .sendMessage(send(message("x")))
                    .getStatus()
                    .getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void whoTrustsItConnectsAndWhoTrustsAnotherDoesNot() throws Exception {
        PemFiles own = PemFiles.make(folder, "own", System.currentTimeMillis());
        PemFiles other = PemFiles.make(folder, "other", System.currentTimeMillis());
        try (GrpcFixture server = serverWith(own)) {
            assertThat(sentTrusting(own.certificate(), server)).isEqualTo(Code.OK);
            assertThatThrownBy(() -> sentTrusting(other.certificate(), server))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasStackTraceContaining(SSLHandshakeException.class.getName());
            assertThat(server.client()
                            .sendMessage(send(message("x")))
                            .getStatus()
                            .getCode())
                    .isEqualTo(Code.OK); // plain text goes on
        }
    }

    @Test
    void filesThatCannotBeUsedStopTheStart() {
        PemFiles missing = new PemFiles(folder.resolve("missing.pem"), folder.resolve("missing.key"));
        assertThatThrownBy(() -> serverWith(missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("missing.pem");
    }
}
