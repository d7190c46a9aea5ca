package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.log.storage.DiskDirectory;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a disk that is full or damaged. */
class DiskTroubleTest {
    private static final long PLENTY = 1L << 40;

    private final AtomicLong usableBytes = new AtomicLong(PLENTY);
    private Path folder;
    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void open(@TempDir Path newFolder) throws IOException {
        folder = newFolder;
        broker = new BrokerFixture(
                new LimitedDirectory(DiskDirectory.open(folder), usableBytes),
                RemotingSettings.of(BrokerFixture.HOST, 0, 0));
        client = broker.connect();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void sendsAreRefusedWithTheReasonWhileConsumersGoOn() {
        send("one");
        usableBytes(0);

        RemotingFrame refused = send("two");
        assertThat(refused.code()).isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE);
        assertThat(refused.remark()).contains("disk: full").contains("expected: room for");
        assertThat(bodies(pull(0))).containsExactly("one");
        RemotingFrame committed = client.ask(
                RequestCode.UPDATE_CONSUMER_OFFSET,
                Map.of("consumerGroup", "g", "topic", "orders", "queueId", 0, "commitOffset", 1));
        assertThat(committed.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(offset()).isEqualTo(1);

        usableBytes(PLENTY);
        await().until(() -> {
            broker.clock.advance(20);
            return send("three").code() == ResponseCode.SUCCESS;
        });
        assertThat(bodies(pull(1))).containsExactly("three");
        assertThat(offset()).isEqualTo(1);
    }

    @Test
    void aPullThatWaitsOnAFullDiskIsAnsweredByWhatComesWhenThereIsRoom() {
        send("one");
        Map<String, Object> suspending = pullFields(1);
        suspending.put("sysFlag", 6);
        int waiting = client.send(RequestCode.PULL_MESSAGE, suspending, new byte[0]);
        usableBytes(0);
        assertThat(send("refused").code()).isEqualTo(ResponseCode.SERVICE_NOT_AVAILABLE);

        usableBytes(PLENTY);
        await().until(() -> {
            broker.clock.advance(20); // the pull waits for 15 s
            return send("two").code() == ResponseCode.SUCCESS;
        });
        assertThat(bodies(client.awaitAnswer(waiting))).startsWith("two");
    }

    @Test
    void aDamagedRecordIsLeftOutAndWhatIsBehindItComes() throws IOException {
        send("first body");
        send("second body");
        send("third body");
        damage("second body");

        List<String> found = new ArrayList<>();
        for (long offset = 0; offset < 3; ) {
            RemotingFrame pulled = pull(offset);
            assertThat(pulled.getLong("nextBeginOffset")).isGreaterThan(offset);
            if (pulled.code() == ResponseCode.SUCCESS) {
                found.addAll(bodies(pulled));
            }
            offset = pulled.getLong("nextBeginOffset");
        }
        assertThat(found).containsExactly("first body", "third body");
    }

    @Test
    void nothingButADamagedRecordIsPassedByAPull() throws IOException {
        send("only body");
        damage("only body");

        RemotingFrame pulled = pull(0);
        assertThat(pulled.code()).isNotEqualTo(ResponseCode.SUCCESS);
        assertThat(pulled.getLong("nextBeginOffset")).isEqualTo(1);

        send("next body");
        assertThat(bodies(pull(1))).containsExactly("next body");
    }

    private void usableBytes(long bytes) {
        usableBytes.set(bytes);
        broker.clock.advance(500);
    }

    private RemotingFrame send(String body) {
        return BrokerFixture.send(client, "orders", 0, body, Map.of());
    }

    private RemotingFrame pull(long offset) {
        return client.ask(RequestCode.PULL_MESSAGE, pullFields(offset));
    }

    private static Map<String, Object> pullFields(long offset) {
        return BrokerFixture.pullFields("g", "orders", 0, offset);
    }

    private long offset() {
        return client.ask(
                        RequestCode.QUERY_CONSUMER_OFFSET,
                        Map.of("consumerGroup", "g", "topic", "orders", "queueId", 0))
                .getLong("offset");
    }

    private static List<String> bodies(RemotingFrame pulled) {
        return SendAndPullTest.records(pulled).stream()
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Flips a bit of the message behind the server's back. */
    private void damage(String body) throws IOException {
        Path segment = folder.resolve("log").resolve("00000000000000000000.log");
        int at = new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1).indexOf(body);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ 1);
        }
    }
}
