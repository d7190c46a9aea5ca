package io.ternmq.grpc;

import static io.ternmq.grpc.GrpcFixture.message;
import static io.ternmq.grpc.GrpcFixture.messages;
import static io.ternmq.grpc.GrpcFixture.receive;
import static io.ternmq.grpc.GrpcFixture.send;
import static io.ternmq.grpc.GrpcFixture.system;
import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.Code;
import apache.rocketmq.v2.DigestType;
import apache.rocketmq.v2.Encoding;
import apache.rocketmq.v2.Message;
import apache.rocketmq.v2.MessagingServiceGrpc.MessagingServiceBlockingStub;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that senders compressed reach every client whole, since each client can undo something else, if anything. */
class CompressedBodiesTest {
    private static final int MIB = 1024 * 1024;

    private GrpcFixture fixture;
    private MessagingServiceBlockingStub client;

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new GrpcFixture(folder);
        client = fixture.client();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void sendCompressed(byte[] body) {
        Message.Builder message = message("x")
                .setBody(ByteString.copyFrom(body))
                .setSystemProperties(system().setBodyEncoding(Encoding.GZIP));
        assertThat(client.sendMessage(send(message)).getStatus().getCode()).isEqualTo(Code.OK);
    }

    private Message received() {
        List<Message> received =
                messages(client.receiveMessage(receive().setBatchSize(1).build()));
        assertThat(received).hasSize(1);
        return received.get(0);
    }

    private static byte[] zlib(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    /** Half of it compresses well, half not at all. */
    private static byte[] body(int bytes) {
        byte[] body = new byte[bytes];
        byte[] noise = new byte[bytes / 2];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, body, 0, noise.length);
        return body;
    }

    private void assertWhole(Message received, byte[] body) throws GeneralSecurityException {
        assertThat(received.getSystemProperties().getBodyEncoding()).isEqualTo(Encoding.IDENTITY);
        assertThat(received.getBody().toByteArray()).isEqualTo(body);
        assertThat(received.getSystemProperties().getBodyDigest().getType()).isEqualTo(DigestType.MD5);
        assertThat(received.getSystemProperties().getBodyDigest().getChecksum())
                .isEqualTo(HexFormat.of()
                        .withUpperCase()
                        .formatHex(MessageDigest.getInstance("MD5").digest(body)));
    }

    @Test
    void zlibIsUnpacked() throws Exception {
        byte[] body = body(10_000);
        sendCompressed(zlib(body));
        assertWhole(received(), body);
    }

    @Test
    void gzipIsUnpacked() throws Exception {
        byte[] body = body(10_000);
        sendCompressed(gzip(body));
        assertWhole(received(), body);
    }

    @Test
    void aLargeBodyIsUnpackedByTheReaders() throws Exception {
        byte[] body = body(3 * MIB);
        sendCompressed(zlib(body));
        assertWhole(received(), body);
    }

    @Test
    void whatIsLargerThanABodyMayBeStaysAsItIs() throws Exception {
        byte[] packed = zlib(new byte[4 * MIB + 1]);
        sendCompressed(packed);

        Message received = received();

        assertThat(received.getSystemProperties().getBodyEncoding()).isEqualTo(Encoding.GZIP);
        assertThat(received.getBody().toByteArray()).isEqualTo(packed);
    }

    @Test
    void whatCannotBeUnpackedStaysAsItIs() {
        byte[] damaged = {0x78, 1, 2, 3};
        sendCompressed(damaged);

        Message received = received();

        assertThat(received.getSystemProperties().getBodyEncoding()).isEqualTo(Encoding.GZIP);
        assertThat(received.getBody().toByteArray()).isEqualTo(damaged);
    }

    @Test
    void anAnswerHoldsSoMuchOnlyHoweverSmallItWasCompressed() throws Exception {
        byte[] packed = zlib(new byte[MIB]);
        for (int i = 0; i < 4; i++) {
            sendCompressed(packed);
        }

        for (int i = 0; i < 4; i++) {
            List<Message> answer = messages(client.receiveMessage(receive().build()));
            assertThat(answer).hasSize(1);
            assertThat(answer.get(0).getSystemProperties().getDeliveryAttempt()).isEqualTo(1);
            assertThat(answer.get(0).getBody().size()).isEqualTo(MIB);
        }
        assertThat(messages(client.receiveMessage(receive().build()))).isEmpty();
    }
}
