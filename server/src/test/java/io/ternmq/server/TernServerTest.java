package io.ternmq.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.broker.access.CannotListenException;
import io.ternmq.log.storage.DirectoryLockedException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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
    void logsOneLineOfARequestThatItDoesNotKnowHoweverOftenItComes() throws IOException {
        var lines = new ListAppender<ILoggingEvent>();
        var logger = (Logger) LoggerFactory.getLogger("io.ternmq.remoting");
        lines.start();
        logger.addAppender(lines);
        try (var fixture = ServerFixture.start(folder);
                var client = new Socket(
                        InetAddress.getLoopbackAddress(), fixture.server().brokerPort())) {
            for (int opaque = 1; opaque <= 3; opaque++) {
                assertThat(ask(client, 4242, opaque)).contains("\"code\":3", "request code 4242 is not supported");
            }
            assertThat(lines.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.contains("4242"))
                    .singleElement()
                    .asString()
                    .matches("request code 4242 is not supported, asked by .*127\\.0\\.0\\.1:\\d+.*");
        } finally {
            logger.detachAppender(lines);
        }
    }

    /** Asks in RocketMQ's remoting protocol. @return the answer's header */
    private static String ask(Socket client, int code, int opaque) throws IOException {
        byte[] header = ("{\"code\":" + code + ",\"language\":\"JAVA\",\"version\":0,\"opaque\":" + opaque
                        + ",\"flag\":0}")
                .getBytes(StandardCharsets.UTF_8);
        var out = new DataOutputStream(client.getOutputStream());
        out.writeInt(Integer.BYTES + header.length);
        out.writeInt(header.length);
        out.write(header);
        out.flush();
        var in = new DataInputStream(client.getInputStream());
        byte[] answer = in.readNBytes(in.readInt());
        return new String(answer, Integer.BYTES, answer.length - Integer.BYTES, StandardCharsets.UTF_8);
    }

    @Test
    void namesAHostThatIsNone() {
        assertThatThrownBy(() -> ServerFixture.start(folder, "server.host=no.such.host.invalid"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("server.host: 'no.such.host.invalid' (expected: an address");
    }
}
