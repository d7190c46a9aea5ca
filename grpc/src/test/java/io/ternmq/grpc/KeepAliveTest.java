package io.ternmq.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients ask whether the server is there, with calls or without. */
class KeepAliveTest {
    /** What clients are allowed; a little more, since they measure it at the other end. */
    private static final Duration ALLOWED = Duration.ofMillis(5_200);

    /** gRPC lets two pings that come too early pass, so fewer than this prove nothing. */
    private static final int PINGS = 5;

    @TempDir
    private Path folder;

    /** A client that speaks HTTP/2 frame by frame: connects and pings. */
    private static final class Pinger implements AutoCloseable {
        private static final int SETTINGS = 4;
        private static final int PING = 6;
        private static final int GO_AWAY = 7;
        private static final int ACK = 1;

        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Pinger(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            write(SETTINGS, 0, new byte[0]);
        }

        /** @return whether it was answered; else the server has said that it ends the connection */
        boolean ping() throws IOException {
            write(PING, 0, new byte[Long.BYTES]);
            while (true) {
                int length = in.readUnsignedShort() << Byte.SIZE | in.readUnsignedByte();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int unusedStream = in.readInt();
                byte[] unusedPayload = in.readNBytes(length);
                if (type == SETTINGS && flags != ACK) {
                    write(SETTINGS, ACK, new byte[0]);
                } else if (type == PING && flags == ACK) {
                    return true;
                } else if (type == GO_AWAY) {
                    return false;
                }
            }
        }

        private void write(int type, int flags, byte[] payload) throws IOException {
            out.writeShort(0);
            out.writeByte(payload.length);
            out.writeByte(type);
            out.writeByte(flags);
            out.writeInt(0);
            out.write(payload);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void whoPingsAsOftenAsAllowedIsAnsweredThoughHeCallsNothing() throws IOException {
        try (GrpcFixture fixture = new GrpcFixture(folder);
                Pinger pinger = new Pinger(fixture.port())) {
            int[] answered = {0};
            await().pollDelay(Duration.ZERO)
                    .pollInterval(ALLOWED)
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> {
                        assertThat(pinger.ping()).isTrue();
                        return ++answered[0] == PINGS;
                    });
        }
    }

    @Test
    void whoPingsMoreOftenIsSentAway() throws IOException {
        try (GrpcFixture fixture = new GrpcFixture(folder);
                Pinger pinger = new Pinger(fixture.port())) {
            int answered = 0;
            boolean isSentAway = false;
            while (answered < PINGS && !isSentAway) {
                try {
                    isSentAway = !pinger.ping();
                } catch (SocketException connectionEnded) {
                    isSentAway = true; // what the server said of it was not read before the next ping
                }
                answered++;
            }
            assertThat(isSentAway).isTrue();
        }
    }
}
