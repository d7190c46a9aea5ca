package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.protocol.message.OffsetMessageId;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.server.ServerFixture;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for dead letters against a server in this process; each test has a topic and a group of its own. */
class DlqCommandsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final ConnectionSettings SETTINGS =
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty());

    @TempDir
    private static Path folder;

    private static ServerFixture server;

    private final ServerCommands tern = new ServerCommands(server.address());

    @BeforeAll
    static void startServer() {
        server = ServerFixture.start(folder.resolve("data"));
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void listsAndShowsDeadLettersWithWhereTheyCameFrom() {
        makeDeadLetters("shown", "g-shown", 3);
        tern.succeed("dlq list");
        assertThat(tern.out()).contains("GROUP", "DEAD LETTERS", "REDRIVEN", "LEFT", "g-shown");
        tern.succeed("dlq list --json");
        assertThat(tern.out()).contains("{\"group\":\"g-shown\",\"deadLetters\":3,\"redriven\":0,\"left\":3}");
        tern.succeed("dlq show g-shown");
        assertThat(tern.out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("0/") && line.endsWith("  from=shown"));
        tern.succeed("dlq show g-shown --from-offset 1 --max 1 --json");
        assertThat(tern.json().text("body", "")).isEqualTo("m1");
        assertThat(tern.json().text("originTopic", "")).isEqualTo("shown");
        assertThat(tern.json().text("redriven", "")).isEqualTo("false");
    }

    @Test
    void redrivesAllToTheirTopicOnce() {
        makeDeadLetters("all", "g-all", 5);
        tern.succeed("dlq redrive g-all --all --rate 1000");
        assertThat(tern.out()).isEqualTo("redrove 5 dead letters of group g-all (all 5), 0 left\n");
        tern.succeed("sub all --group reader --from earliest --count 10 --json");
        assertThat(tern.bodies()).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m4", "m0", "m1", "m2", "m3", "m4");
        assertThat(tern.jsonLines()).anySatisfy(line -> {
            assertThat(line.number("reconsumeTimes", -1)).isZero();
            assertThat(line.object("properties").text("REDRIVEN_FROM", "")).hasSize(32);
            assertThat(line.object("properties").text("RETRY_TOPIC", "none")).isEqualTo("none");
        });
        tern.succeed("dlq redrive g-all --all --json");
        assertThat(tern.json().number("redriven", -1)).isZero();
        makeDeadLetters("all", "g-all", 1);
        tern.succeed("dlq redrive g-all --all --json");
        assertThat(tern.json().number("redriven", -1)).isEqualTo(1);
        assertThat(tern.json().object("topics").number("all", 0)).isEqualTo(1);
        tern.succeed("dlq list --json");
        assertThat(tern.out()).contains("{\"group\":\"g-all\",\"deadLetters\":6,\"redriven\":6,\"left\":0}");
    }

    @Test
    void redrivesChosenOnesAndLaterOnlyTheRest() {
        List<String> ids = makeDeadLetters("chosen", "g-chosen", 4);
        tern.succeed("dlq redrive g-chosen --offset 2 --id " + ids.get(1));
        assertThat(tern.out()).isEqualTo("redrove 2 dead letters of group g-chosen (chosen 2), 2 left\n");
        tern.succeed("dlq show g-chosen --left --json");
        assertThat(tern.bodies()).containsExactly("m0", "m3");
        tern.succeed("dlq show g-chosen");
        assertThat(tern.out().lines().filter(line -> line.endsWith("  redriven")))
                .hasSize(2);
        tern.succeed("dlq redrive g-chosen --all --json");
        assertThat(tern.json().number("redriven", -1)).isEqualTo(2);
        tern.succeed("sub chosen --group reader --from earliest --count 8 --json");
        assertThat(tern.bodies()).containsExactlyInAnyOrder("m0", "m1", "m2", "m3", "m0", "m1", "m2", "m3");
        tern.fail("sub chosen --group reader --count 1 --wait 1");
        tern.fail("dlq redrive g-chosen --offset 4");
        assertThat(tern.err()).contains("no dead letter at offset 4 of group g-chosen (expected: 0..3)");
        tern.fail("dlq redrive g-chosen --id 00112233445566778899AABBCCDDEEFF");
        assertThat(tern.err()).contains("no dead letter with id");
    }

    @Test
    void whatHasNoTopicToGoToIsNamedAndLeft() {
        makeDeadLetters("gone", "g-gone", 2);
        makeDeadLetters("stays", "g-gone", 1);
        tern.succeed("topic delete gone");
        tern.fail("dlq redrive g-gone --all");
        assertThat(tern.out()).isEqualTo("redrove 1 dead letters of group g-gone (stays 1), 2 left\n");
        assertThat(tern.err()).contains("offset 0  ", "offset 1  ", "not redriven: topic 'gone' does not exist");
        tern.succeed("topic create gone --queues 1");
        tern.succeed("dlq redrive g-gone --all --json");
        assertThat(tern.json().number("redriven", -1)).isEqualTo(2);
        assertThat(tern.json().number("left", -1)).isZero();
    }

    @Test
    void purgesForGoodAndForgetsWhatWasRedriven() {
        makeDeadLetters("purged", "g-purged", 3);
        tern.succeed("dlq redrive g-purged --offset 0 --offset 2");
        tern.misuse("dlq purge g-purged");
        assertThat(tern.err()).contains("purging the dead letters of group 'g-purged' (expected: --yes)");
        tern.succeed("dlq purge g-purged --yes --json");
        assertThat(tern.json().number("purged", -1)).isEqualTo(3);
        tern.fail("dlq show g-purged");
        assertThat(tern.err()).contains("group 'g-purged' has no dead letters");
        makeDeadLetters("purged", "g-purged", 3);
        tern.succeed("dlq redrive g-purged --all --json");
        assertThat(tern.json().number("redriven", -1)).isEqualTo(3);
    }

    @Test
    void whatWasRedrivenFromATopicThatWasDeletedOtherwiseMarksNothing() {
        makeDeadLetters("again", "g-again", 3);
        tern.succeed("dlq redrive g-again --all --rate 1000");
        tern.succeed("topic delete %DLQ%g-again");
        makeDeadLetters("again", "g-again", 4);
        tern.succeed("dlq list --json");
        assertThat(tern.out()).contains("{\"group\":\"g-again\",\"deadLetters\":4,\"redriven\":0,\"left\":4}");
        tern.succeed("dlq redrive g-again --all --rate 1000 --json");
        assertThat(tern.json().number("redriven", -1)).isEqualTo(4);
    }

    @Test
    void asksAPersonBeforeItPurges() {
        makeDeadLetters("asked", "g-asked", 1);
        assertThat(purgeWithAnswer("g-asked", "no\n")).isEqualTo(ExitStatus.FAILED);
        tern.succeed("dlq show g-asked");
        assertThat(purgeWithAnswer("g-asked", "yes\n")).isEqualTo(ExitStatus.OK);
        tern.fail("dlq show g-asked");
    }

    private static int purgeWithAnswer(String group, String answer) {
        var in = new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8));
        var console = new Console(in, new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), true);
        return Main.run(List.of("dlq", "purge", group, "--connect", server.address()), console);
    }

    /** Sends messages m0, m1, … and hands each back as a consumer does that gives up. @return their ids */
    private List<String> makeDeadLetters(String topic, String group, int count) {
        List<String> ids = new ArrayList<>();
        HostPort address = HostPort.parse(server.address()).orElseThrow();
        try (var connections = new Connections(SETTINGS, SystemNanoClock.INSTANCE)) {
            Connection broker = connections.to(address);
            String heartbeat = "{\"clientID\":\"test\",\"consumerDataSet\":[{\"groupName\":\"" + group + "\"}]}";
            Awaiting.get(new Call(RequestCode.HEART_BEAT, "join", TIMEOUT.toMillis())
                    .body(heartbeat.getBytes(StandardCharsets.UTF_8))
                    .expect(broker));
            for (int i = 0; i < count; i++) {
                tern.succeed("pub " + topic + " --json --body m" + i);
                ids.add(tern.json().text("id", ""));
                long position =
                        OffsetMessageId.decode(tern.json().text("offsetId", "")).position();
                Awaiting.get(new Call(RequestCode.CONSUMER_SEND_MSG_BACK, "give up", TIMEOUT.toMillis())
                        .field("group", group)
                        .field("offset", position)
                        .field("delayLevel", -1)
                        .field("originTopic", topic)
                        .expect(broker));
            }
        }
        return ids;
    }
}
