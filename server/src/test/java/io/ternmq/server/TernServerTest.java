package io.ternmq.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.access.CannotListenException;
import io.ternmq.log.storage.DirectoryLockedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TernServerTest {

    @TempDir
    private Path folder;

    @Test
    void takesAFreePortAndTheOneTwoBelowWhenAskedForNone() throws IOException {
        try (var fixture = ServerFixture.start(folder)) {
            TernServer server = fixture.server();
            assertThat(server.nameServerPort()).isEqualTo(server.brokerPort()).isPositive();
            assertThat(server.addresses())
                    .extracting(InetSocketAddress::getPort)
                    .containsExactlyInAnyOrder(server.brokerPort(), server.brokerPort() - 2, server.grpcPort());
            for (InetSocketAddress address : server.addresses()) {
                assertThat(address.getAddress().isLoopbackAddress()).isTrue();
                new Socket(address.getAddress(), address.getPort()).close();
            }
        }
    }

    @Test
    void freesPortsAndFolderWhenItCloses() {
        int port;
        try (var first = ServerFixture.start(folder)) {
            port = first.server().brokerPort();
        }
        try (var second = ServerFixture.start(folder, "broker.port=" + port)) {
            assertThat(second.server().brokerPort()).isEqualTo(port);
        }
    }

    @Test
    void namesAPortThatIsTakenAndLetsTheFolderGo() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> ServerFixture.start(folder, "broker.port=" + port))
                    .isInstanceOf(CannotListenException.class)
                    .hasMessageContaining(":" + port);
        }
        ServerFixture.start(folder).close();
    }

    @Test
    void wantsBothHalvesOfAnIdentityAndFilesThatAreOne() throws IOException {
        String nonsense =
                Files.writeString(folder.resolve("nonsense.pem"), "nonsense").toString();
        assertThatThrownBy(() -> ServerFixture.start(folder, "grpc.tls-certificate=" + nonsense))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("grpc.tls-key: ''");
        assertThatThrownBy(() -> ServerFixture.start(folder, "grpc.tls-key=" + nonsense))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("grpc.tls-certificate: ''");
        assertThatThrownBy(() ->
                        ServerFixture.start(folder, "grpc.tls-certificate=" + nonsense, "grpc.tls-key=" + nonsense))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("grpc.tls-certificate, grpc.tls-key: certificate " + nonsense);
        ServerFixture.start(folder).close();
    }

    @Test
    void namesAFolderThatAnotherServerUses() {
        try (var first = ServerFixture.start(folder)) {
            assertThat(first.server().recoveryReport().damagedRecords()).isZero();
            assertThatThrownBy(() -> ServerFixture.start(folder))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(DirectoryLockedException.class)
                    .hasMessageContaining(
                            "is locked by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void namesAHostThatIsNone() {
        assertThatThrownBy(() -> ServerFixture.start(folder, "server.host=no.such.host.invalid"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("server.host: 'no.such.host.invalid' (expected: an address");
    }
}
