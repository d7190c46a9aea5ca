package io.ternmq.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.ternmq.Tls;
import io.ternmq.UnavailableException;
import io.ternmq.client.wire.LocalServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections to a server whose certificate says that it is 127.0.0.1, or somebody else. */
class ClientTlsTest {

    private static final int CODE = 12;
    private static final long TIMEOUT_MS = 10_000;

    @TempDir
    static Path folder;

    private static TestCertificate ofHost;
    private static TestCertificate ofOther;
    private static TestCertificate ofClient;
    private static LocalServer server;
    private static LocalServer strict;
    private static LocalServer mistaken;

    @BeforeAll
    static void start() throws Exception {
        ofHost = TestCertificate.make(folder, "host", "ip:127.0.0.1");
        ofOther = TestCertificate.make(folder, "other", "dns:other.example");
        ofClient = TestCertificate.make(folder, "client", "dns:client.example");
        server = serve(SslContextBuilder.forServer(
                ofHost.certificate().toFile(), ofHost.key().toFile()));
        strict = serve(SslContextBuilder.forServer(
                        ofHost.certificate().toFile(), ofHost.key().toFile())
                .trustManager(ofClient.certificate().toFile())
                .clientAuth(ClientAuth.REQUIRE));
        mistaken = serve(SslContextBuilder.forServer(
                ofOther.certificate().toFile(), ofOther.key().toFile()));
    }

    private static LocalServer serve(SslContextBuilder tls) throws SSLException {
        return new LocalServer(asked -> Answer.ok(asked.fields()), Optional.of(tls.build()));
    }

    @AfterAll
    static void stop() {
        server.close();
        strict.close();
        mistaken.close();
    }

    private static Tls trusting(TestCertificate trusted, boolean verifiesHost) {
        return new Tls(Optional.of(trusted.certificate()), Optional.empty(), Optional.empty(), verifiesHost);
    }

    private static Tls as(TestCertificate own) {
        return new Tls(Optional.of(ofHost.certificate()), Optional.of(own.certificate()), Optional.of(own.key()), true);
    }

    /** What a server answers to a client that goes by these rules. */
    private static String ask(LocalServer asked, Tls tls) {
        try (Connections connections = new Connections(
                new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.of(tls)),
                System::nanoTime)) {
            CompletableFuture<String> answer = new Call(CODE, "ask", TIMEOUT_MS)
                    .field("v", "x")
                    .expect(connections.to(asked.address()), frame -> frame.getRequired("v"));
            return answer.join();
        }
    }

    @Test
    void aServerThatIsTrustedAnswers() {
        assertThat(ask(server, Tls.trusting(ofHost.certificate()))).isEqualTo("x");
    }

    @Test
    void aServerThatNobodyVouchesForIsNotTalkedTo() {
        int before = server.asked().size();
        assertThatThrownBy(() -> ask(server, Tls.defaults()))
                .hasCauseInstanceOf(UnavailableException.class)
                .hasRootCauseMessage("unable to find valid certification path to requested target");
        assertThatThrownBy(() -> ask(server, trusting(ofOther, false))).hasCauseInstanceOf(UnavailableException.class);
        assertThat(server.asked()).hasSize(before);
    }

    @Test
    void aServerWithAnotherHostsCertificateIsTalkedToOnlyWhereTheHostIsNotVerified() {
        assertThatThrownBy(() -> ask(mistaken, trusting(ofOther, true)))
                .hasCauseInstanceOf(UnavailableException.class)
                .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1 found");
        assertThat(mistaken.asked()).isEmpty();
        assertThat(ask(mistaken, trusting(ofOther, false))).isEqualTo("x");
    }

    @Test
    void aServerThatAsksWhoTheClientIsTalksToTheOneItTrusts() {
        assertThat(ask(strict, as(ofClient))).isEqualTo("x");
        assertThatThrownBy(() -> ask(strict, as(ofOther))).hasCauseInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> ask(strict, Tls.trusting(ofHost.certificate())))
                .hasCauseInstanceOf(UnavailableException.class);
        assertThat(strict.asked()).hasSize(1);
    }

    @Test
    void aServerInPlainTextIsNotTalkedTo() {
        try (LocalServer plain = new LocalServer(asked -> Answer.ok(asked.fields()))) {
            assertThatThrownBy(() -> ask(plain, Tls.trusting(ofHost.certificate())))
                    .hasCauseInstanceOf(UnavailableException.class);
            assertThat(plain.asked()).isEmpty();
        }
    }

    @Test
    void aFileThatHoldsNoCertificateIsRefusedAtOnce() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.crt"), "nothing");
        assertThatThrownBy(() -> ask(server, Tls.trusting(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.crt");
    }
}
