package io.ternmq.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.server.ServerFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupMemberTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int QUEUES = 4;

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();
    private ServerFixture server;
    private Servers servers;

    @BeforeEach
    void start() {
        server = ServerFixture.start(folder);
        HostPort address = new HostPort("127.0.0.1", server.server().nameServerPort());
        servers = new Servers(new Servers.Terms(address, TIMEOUT, SystemEpochClock.INSTANCE, SystemNanoClock.INSTANCE));
        new Topics(servers).put("T", QUEUES);
    }

    @AfterEach
    void stop() {
        servers.close();
        server.close();
    }

    @Test
    void twoMembersShareTheQueuesAndTheLastOneTakesAll() {
        try (GroupMember first = member()) {
            first.join();
            send(QUEUES);
            assertThat(bodies(first)).hasSize(QUEUES);
            try (GroupMember second = member()) {
                second.join();
                await().atMost(PATIENCE).untilAsserted(() -> {
                    send(QUEUES);
                    List<String> atFirst = bodies(first);
                    List<String> atSecond = bodies(second);
                    assertThat(atFirst).hasSize(QUEUES / 2);
                    assertThat(atSecond).hasSize(QUEUES / 2).doesNotContainAnyElementsOf(atFirst);
                });
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                send(QUEUES);
                assertThat(bodies(first)).hasSize(QUEUES);
            });
        }
    }

    @Test
    void whatWasNotDoneComesAgain() {
        send(1);
        try (GroupMember member = member()) {
            member.join();
            assertThat(member.next(TIMEOUT)).isNotNull();
        }
        try (GroupMember member = member()) {
            member.join();
            assertThat(member.next(TIMEOUT)).isNotNull();
            member.done();
        }
        try (GroupMember member = member()) {
            member.join();
            assertThat(member.next(SHORT)).isNull();
        }
    }

    @Test
    void followsAResetWhileItRuns() {
        send(QUEUES);
        try (GroupMember member = member()) {
            member.join();
            assertThat(bodies(member)).hasSize(QUEUES);
            new Groups(servers).reset("G", "T", Instant.EPOCH);
            assertThat(bodies(member)).hasSize(QUEUES);
        }
    }

    @Test
    void wakesUpForWhateverComesWhileItWaits() throws Exception {
        try (GroupMember member = member()) {
            member.join();
            assertThat(member.next(SHORT)).isNull();
            var sender = new Thread(() -> send(1));
            sender.start();
            assertThat(member.next(TIMEOUT)).isNotNull();
            sender.join();
            member.wakeUp();
            assertThat(member.next(TIMEOUT)).isNull();
        }
    }

    @Test
    void goesOnAfterTheServerWasRestarted() {
        try (GroupMember member = member()) {
            member.join();
            assertThat(member.next(SHORT)).isNull();
            int port = server.server().brokerPort();
            server.close();
            server = ServerFixture.start(folder, "broker.port=" + port);
            send(1);
            assertThat(member.next(PATIENCE)).isNotNull();
            assertThat(notices).isNotEmpty();
        }
    }

    private GroupMember member() {
        var wish = new GroupMember.Wish("G", "T", Filter.all(), StartAt.EARLIEST);
        return new GroupMember(new Servers(servers.terms()), wish, notices::add);
    }

    /** Everything until nothing more comes for a while. */
    private static List<String> bodies(GroupMember member) {
        List<String> bodies = new ArrayList<>();
        ReceivedMessage message = member.next(SHORT.multipliedBy(4));
        while (message != null) {
            bodies.add(message.queueId() + "/" + message.queueOffset());
            message = member.next(SHORT.multipliedBy(4));
        }
        return bodies;
    }

    private void send(int count) {
        var sender = new MessageSender(servers, "T");
        for (int i = 0; i < count; i++) {
            sender.send(new OutgoingMessage("T", Map.of(), ("m" + i).getBytes(StandardCharsets.UTF_8)));
        }
    }
}
