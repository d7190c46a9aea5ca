package io.ternmq.grpc.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final long NOW_MS = 1_800_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void aSelfSignedCertificateIsOneThatItsKeyHasSigned() throws GeneralSecurityException {
        SelfSigned self = SelfSigned.make(NOW_MS);

        assertThatCode(() -> self.certificate().verify(self.certificate().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(self.certificate().getNotBefore().toInstant()).isBefore(Instant.ofEpochMilli(NOW_MS));
        assertThat(self.certificate().getNotAfter().toInstant())
                .isEqualTo(Instant.ofEpochMilli(NOW_MS + TimeUnit.DAYS.toMillis(3_650)));
        assertThat(self.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(self.certificate().getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .isEqualTo(List.of("localhost", "127.0.0.1"));
    }

    @Test
    void twoRunsHaveDifferentCertificates() throws GeneralSecurityException {
        assertThat(SelfSigned.make(NOW_MS).certificate())
                .isNotEqualTo(SelfSigned.make(NOW_MS).certificate());
    }

    @Test
    void filesThatBelongTogetherAreTaken() throws Exception {
        PemFiles files = PemFiles.make(folder, "server", NOW_MS);

        SslContext context = TlsContexts.ofFiles(files.certificate(), files.key());

        assertThat(context.isServer()).isTrue();
        assertThat(context.applicationProtocolNegotiator().protocols()).contains("h2");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        PemFiles one = PemFiles.make(folder, "one", NOW_MS);
        PemFiles other = PemFiles.make(folder, "other", NOW_MS);
        assertThatThrownBy(() -> TlsContexts.ofFiles(one.certificate(), other.key()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one.pem")
                .hasMessageContaining("other.key");
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
        Path missing = folder.resolve("missing.key");
        assertThatThrownBy(() -> TlsContexts.ofFiles(nonsense, missing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nonsense.pem")
                .hasMessageContaining("missing.key");
    }
}
