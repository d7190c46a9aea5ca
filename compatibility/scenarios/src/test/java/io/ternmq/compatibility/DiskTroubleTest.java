package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.producer.SendStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients see of a server whose disk is full, or has changed what was written. */
class DiskTroubleTest {
    private static final int SERVICE_NOT_AVAILABLE = 14;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    /** A reserve that is larger than any disk makes a full one. */
    @Test
    void onAFullDiskSendsAreRefusedClearlyConsumersGoOnAndSendingResumes() throws Exception {
        try (var server = ServerProcess.start(Map.of())) {
            mq.connectTo(server.address());
            String topic = mq.topic(1);
            String group = newGroup();
            RocketMqClients.send(mq.producer(), topic, "before", 5);
            mq.closeClients();
            server.stop();

            server.startAgain(Map.of("log.reserve-size", "1024GiB"));
            var queue = mq.onlyQueueOf(topic);
            var producer = mq.producer();
            assertThatThrownBy(() -> producer.send(message(topic, "refused"), queue))
                    .isInstanceOfSatisfying(MQBrokerException.class, refusal -> {
                        assertThat(refusal.getResponseCode()).isEqualTo(SERVICE_NOT_AVAILABLE);
                        assertThat(refusal.getErrorMessage()).contains("disk: full");
                    });
            var collected = new Collected();
            mq.consume(group, topic, collected);
            collected.awaitCount(5);
            mq.closeClients(); // which commits
            server.stop();

            server.startAgain();
            assertThat(mq.producer().send(message(topic, "after")).getSendStatus())
                    .isEqualTo(SendStatus.SEND_OK);
            var later = new Collected();
            mq.consume(group, topic, later);
            later.awaitCount(1);
            assertThat(later.bodies()).containsExactly("after");
            mq.closeClients();
        }
    }

    @Test
    void aMessageThatTheDiskHasChangedIsMissingAloneAndStallsNothing() throws Exception {
        try (var server = ServerProcess.start(Map.of())) {
            mq.connectTo(server.address());
            String topic = mq.topic(1);
            RocketMqClients.send(mq.producer(), topic, "body-", 40);
            List<String> expected = new ArrayList<>(RocketMqClients.bodies("body-", 40));
            String damaged = expected.remove(20);
            mq.closeClients();
            server.stop();
            flipABitOf(damaged, server.segments());

            server.startAgain();
            var collected = new Collected();
            mq.consume(newGroup(), topic, collected);
            collected.awaitCount(expected.size());
            mq.producer().send(message(topic, "last"));
            expected.add("last");
            collected.awaitCount(expected.size());
            assertThat(collected.bodies()).containsExactlyInAnyOrderElementsOf(expected);
            mq.closeClients();
        }
    }

    private static void flipABitOf(String body, Path folder) throws IOException {
        try (Stream<Path> segments = Files.list(folder)) {
            for (Path segment : segments.toList()) {
                int at = new String(Files.readAllBytes(segment), StandardCharsets.ISO_8859_1).indexOf(body);
                if (at >= 0) {
                    flip(segment, at);
                    return;
                }
            }
        }
        throw new IllegalStateException("no segment has " + body);
    }

    private static void flip(Path segment, int at) throws IOException {
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ 1);
        }
    }
}
