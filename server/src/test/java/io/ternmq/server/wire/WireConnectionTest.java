package io.ternmq.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ternmq.protocol.remoting.HostPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireConnectionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<Frame> asked = new CopyOnWriteArrayList<>();
    private ServerSocket listener;
    private WireConnection connection;
    private Socket server;
    private DataInputStream in;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var address = new HostPort(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
        connection = WireConnection.open(address, TIMEOUT, asked::add);
        server = listener.accept();
        in = new DataInputStream(server.getInputStream());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        server.close();
        listener.close();
    }

    @Test
    void pairsAnswersThatComeInAnotherOrder() throws IOException {
        CompletableFuture<Frame> first = connection.send(new Request(1));
        CompletableFuture<Frame> second = connection.send(new Request(2));
        int firstOpaque = FrameCodec.read(in).opaque();
        int secondOpaque = FrameCodec.read(in).opaque();
        answer(secondOpaque, 22);
        answer(firstOpaque, 11);
        assertThat(first.join().code()).isEqualTo(11);
        assertThat(second.join().code()).isEqualTo(22);
    }

    @Test
    void handsOverWhatTheServerAsks() throws IOException {
        write(new Frame(40, 1, Frame.ONE_WAY, "", Map.of("consumerGroup", "g"), new byte[0]));
        await().untilAsserted(() -> assertThat(asked).hasSize(1));
        assertThat(asked.get(0).code()).isEqualTo(40);
    }

    @Test
    void failsWhatWaitsAndWhatComesLaterWhenTheServerGoes() throws IOException {
        CompletableFuture<Frame> waiting = connection.send(new Request(1));
        server.close();
        assertThatThrownBy(waiting::join)
                .hasCauseInstanceOf(WireException.class)
                .hasMessageContaining("lost the connection to " + connection.address());
        await().until(connection::isClosed);
        assertThatThrownBy(() -> connection.call(new Request(1), TIMEOUT)).isInstanceOf(WireException.class);
    }

    @Test
    void saysWhoDidNotAnswerInTime() {
        assertThatThrownBy(() -> connection.call(new Request(1), Duration.ofMillis(20)))
                .isInstanceOf(WireException.class)
                .hasMessage(connection.address() + " did not answer within 20 ms");
    }

    @Test
    void namesTheAddressWhereNobodyListens() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        var nobody = new HostPort("127.0.0.1", port);
        assertThatThrownBy(() -> WireConnection.open(nobody, TIMEOUT, ServerRequests.IGNORED))
                .isInstanceOf(WireException.class)
                .hasMessageStartingWith("cannot connect to 127.0.0.1:" + port);
    }

    @Test
    void makesARefusalAnExceptionWithTheServersWords() throws IOException {
        CompletableFuture<Frame> answer = connection.send(new Request(1));
        write(new Frame(17, FrameCodec.read(in).opaque(), Frame.ANSWER, "no such topic\nat …", Map.of(), new byte[0]));
        assertThatThrownBy(() -> answer.join().expectSuccess("find topic T"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("cannot find topic T: no such topic (code 17)");
    }

    private void answer(int opaque, int code) throws IOException {
        write(new Frame(code, opaque, Frame.ANSWER, "", Map.of(), new byte[0]));
    }

    private void write(Frame frame) throws IOException {
        server.getOutputStream().write(FrameCodec.encode(frame));
    }
}
