package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Message;
import io.ternmq.TernMQ;
import io.ternmq.UnavailableException;
import io.ternmq.server.TernServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops servers of its own, whatever server the other tests are given. */
class RestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aClientGoesOnWhenItsServerIsBack() {
        var received = new ConcurrentLinkedQueue<String>();
        TernServer first = TestServer.start(folder, 0, 0);
        int port = first.nameServerPort();
        int brokerPort = first.brokerPort();
        try (TernMQ mq = TernMQ.open("tern://127.0.0.1:" + port)) {
            mq.admin().putTopic("lasting", 1);
            mq.consumer("lasting").on("lasting", m -> received.add(m.text())).start();
            mq.send(Message.to("lasting").body("before"));
            await().atMost(PATIENCE).until(() -> received.contains("before"));
            first.close();
            try (TernServer second = TestServer.start(folder, port, brokerPort)) {
                assertThat(second.brokerPort()).isEqualTo(brokerPort);
                await().atMost(PATIENCE)
                        .ignoreException(UnavailableException.class)
                        .until(() ->
                                mq.send(Message.to("lasting").body("after")).offset() >= 1);
                await().atMost(PATIENCE).until(() -> received.contains("after"));
                assertThat(mq.admin().groups()).contains("lasting");
            }
        }
    }

    @Test
    void theSecondNameServerIsAskedWhenTheFirstIsNotThere() {
        try (TernServer server = TestServer.start(folder, 0, 0);
                TernMQ mq = TernMQ.open("tern://127.0.0.1:1,127.0.0.1:" + server.nameServerPort())) {
            mq.admin().putTopic("found", 1);
            assertThat(mq.send(Message.to("found").body("x")).offset()).isZero();
        }
    }
}
