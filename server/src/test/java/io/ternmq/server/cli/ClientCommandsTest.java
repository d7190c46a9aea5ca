package io.ternmq.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import apache.rocketmq.v2.MessageType;
import io.ternmq.client.json.JsonObject;
import io.ternmq.server.ServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command against a server in this process; each test has topics and groups of its own. */
class ClientCommandsTest {

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
    void sendsAndConsumesAMessageWithEverythingOnIt() {
        tern.succeed("pub orders --tag paid --key 42 --key 43 --property colour=red --body hello");
        assertThat(tern.out()).matches("sent [0-9A-F]{32} to orders/broker-a/\\d at offset 0\n");
        tern.succeed("sub orders --group billing --from earliest --count 1 --json");
        JsonObject message = tern.json();
        assertThat(message.text("body", "")).isEqualTo("hello");
        assertThat(message.text("tag", "")).isEqualTo("paid");
        assertThat(message.text("keys", "")).isEqualTo("42 43");
        assertThat(message.object("properties").text("colour", "")).isEqualTo("red");
    }

    @Test
    void showsMessagesToPeopleOnALineEach() {
        tern.succeed("pub people --tag t --key k --body hello");
        tern.succeed("sub people --group readers --from earliest --count 1");
        assertThat(tern.out()).matches("\\d/0  20\\d\\d-.*Z  [0-9A-F]{32}  tag=t  keys=k  hello\n");
    }

    @Test
    void declaresTheKindOfMessagesThatATopicTakesAndKeepsItUntilAnotherIsSaid() {
        GrpcRoutes routes = new GrpcRoutes(server.server().grpcPort());
        tern.succeed("topic create typed --queues 2 --type fifo --json");
        assertThat(tern.json().text("type", "")).isEqualTo("fifo");
        assertThat(routes.takenBy("typed")).containsExactly(MessageType.FIFO);
        tern.succeed("topic create typed --queues 3");
        assertThat(tern.out()).isEqualTo("topic typed has 3 queues\n");
        assertThat(routes.takenBy("typed")).containsExactly(MessageType.FIFO);
        tern.succeed("topic create typed --queues 3 --type Delay");
        assertThat(tern.out()).isEqualTo("topic typed has 3 queues for delay messages\n");
        assertThat(routes.takenBy("typed")).containsExactly(MessageType.DELAY);
    }

    @Test
    void sendsEachLineOfStandardInput() {
        assertThat(tern.withInput("one\n\ntwo\nthree\n", "pub", "lines", "--connect", server.address(), "--json"))
                .isEqualTo(ExitStatus.OK);
        assertThat(tern.jsonLines())
                .extracting(line -> line.text("topic", ""))
                .containsOnly("lines")
                .hasSize(3);
        tern.succeed("sub lines --group g-lines --from earliest --count 3 --json");
        assertThat(tern.bodies()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void sendsAFileAndManyMadeUpMessages() throws IOException {
        Path file = Files.writeString(folder.resolve("body.txt"), "from a file");
        tern.succeed("pub files --file " + file);
        tern.succeed("pub files --size 100 --count 500");
        assertThat(tern.out()).contains("sent 500 messages in ");
        tern.succeed("topic describe files --json");
        long messages = tern.json().objects("queues").stream()
                .mapToLong(queue -> queue.number("messages", 0))
                .sum();
        assertThat(messages).isEqualTo(501);
    }

    @Test
    void tellsHowManyMessagesWaitForTheirTime() {
        tern.succeed("pub timed --size 10");
        tern.succeed("topic describe timed");
        assertThat(tern.out()).contains("1 messages\n").doesNotContain("wait");
        tern.succeed("pub timed --size 10 --count 3 --property TIMER_DELAY_SEC=3600");
        tern.succeed("topic describe timed");
        assertThat(tern.out()).contains(", 1 messages, 3 more wait for their time");
        tern.succeed("topic describe timed --json");
        assertThat(tern.json().number("waiting", -1)).isEqualTo(3);
    }

    @Test
    void goesOnWhereTheGroupStopped() {
        tern.succeed("pub resumed --size 10 --count 6");
        tern.succeed("sub resumed --group g-resumed --from earliest --count 4 --json");
        List<String> first = ids();
        tern.succeed("sub resumed --group g-resumed --from earliest --count 2 --json");
        assertThat(ids()).hasSize(2).doesNotContainAnyElementsOf(first);
        tern.fail("sub resumed --group g-resumed --count 1 --wait 1");
        assertThat(tern.err()).contains("0 messages within 1 s (expected: 1)");
    }

    @Test
    void selectsByTag() {
        tern.succeed("pub tagged --tag a --body 1");
        tern.succeed("pub tagged --tag b --body 2");
        tern.succeed("pub tagged --tag c --body 3");
        tern.succeed("sub tagged --group g-tagged --from earliest --count 2 --json", "--tag", "a || c");
        assertThat(tern.bodies()).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void aNewGroupFromTheEndSeesNothingOld() {
        tern.succeed("pub news --body old");
        tern.fail("sub news --group g-news --from latest --count 1 --wait 1");
        assertThat(tern.out()).isEmpty();
    }

    @Test
    void deliversLaterWhatIsDelayed() {
        tern.succeed("pub delayed --body now");
        tern.succeed("pub delayed --body later --delay-level 1");
        tern.succeed("sub delayed --group g-delayed --from earliest --count 2 --wait 15 --json");
        assertThat(tern.bodies()).containsExactly("now", "later");
    }

    @Test
    void looksAfterTopics() {
        tern.succeed("topic create invoices --queues 3");
        assertThat(tern.out()).isEqualTo("topic invoices has 3 queues\n");
        tern.succeed("topic create invoices --queues 5 --json");
        assertThat(tern.json().number("queues", 0)).isEqualTo(5);
        tern.succeed("topic list");
        assertThat(tern.out()).contains("TOPIC", "invoices").doesNotContain("TBW102", "%RETRY%");
        tern.succeed("topic list --all --json");
        assertThat(tern.out()).startsWith("[").contains("\"topic\":\"invoices\",\"queues\":5");
        tern.succeed("topic describe invoices");
        assertThat(tern.out()).contains("topic invoices: 5 queues, read-write, 0 messages", "BROKER");
        tern.succeed("topic delete invoices");
        tern.fail("topic describe invoices");
        assertThat(tern.err())
                .isEqualTo("tern topic describe: topic 'invoices' does not exist (expected: one that 'tern topic list'"
                        + " shows)\n");
        tern.fail("topic delete invoices --json");
    }

    @Test
    void describesAndResetsAGroup() {
        tern.succeed("pub ledger --size 10 --count 8");
        tern.succeed("sub ledger --group g-ledger --from earliest --count 8 --json");
        tern.succeed("group list --json");
        assertThat(tern.out()).contains("\"group\":\"g-ledger\",\"members\":0,\"lag\":0,\"retryMax\":16");
        tern.succeed("group describe g-ledger");
        assertThat(tern.out()).contains("group g-ledger: 0 members, lag 0", "ledger");
        tern.succeed("group reset g-ledger --topic ledger --to earliest --json");
        assertThat(tern.json().objects("queues")).allMatch(queue -> queue.number("offset", -1) == 0);
        tern.succeed("group describe g-ledger --json");
        long lag = tern.json().objects("queues").stream()
                .mapToLong(queue -> queue.number("lag", 0))
                .sum();
        assertThat(lag).isEqualTo(8);
        tern.succeed("group reset g-ledger --topic ledger --to latest");
        assertThat(tern.out()).contains("BROKER", "QUEUE", "OFFSET");
        tern.fail("sub ledger --group g-ledger --count 1 --wait 1");
        tern.fail("group describe g-unknown");
        assertThat(tern.err()).contains("group 'g-unknown' does not exist");
        tern.fail("group reset g-ledger --topic t-unknown --to latest");
        assertThat(tern.err()).contains("topic 't-unknown' does not exist");
    }

    @Test
    void browsesAQueueByOffsetAndByTime() {
        tern.succeed("topic create archive --queues 1");
        for (int i = 0; i < 5; i++) {
            tern.succeed("pub archive --body m" + i);
        }
        tern.succeed("list archive");
        assertThat(tern.out().lines()).hasSize(5).allMatch(line -> line.startsWith("0/"));
        tern.succeed("list archive --queue 0 --from-offset 2 --max 2 --json");
        assertThat(tern.bodies()).containsExactly("m2", "m3");
        long storedMs = tern.jsonLines().get(1).number("storedMs", 0);
        tern.succeed("list archive --json --from-time " + storedMs);
        assertThat(tern.bodies()).contains("m4").doesNotContain("m0", "m1");
        tern.succeed("list archive --from-time " + Instant.ofEpochMilli(storedMs + 3_600_000));
        assertThat(tern.out()).isEmpty();
        tern.succeed("list archive --hex --max 1");
        assertThat(tern.out()).endsWith("  0x6d30\n");
        tern.misuse("list archive --queue 7");
        assertThat(tern.err()).contains("--queue: '7' (expected: 0..0)");
    }

    @Test
    void findsMessagesByKeyAndById() {
        tern.succeed("pub found --key k1 --body first --json");
        String id = tern.json().text("id", "");
        String offsetId = tern.json().text("offsetId", "");
        tern.succeed("pub found --key k2 --body second");
        tern.succeed("list found --key k1 --json");
        assertThat(tern.bodies()).containsExactly("first");
        tern.succeed("list found --json --id " + id);
        assertThat(tern.bodies()).containsExactly("first");
        tern.succeed("list found --json --id " + offsetId);
        assertThat(tern.bodies()).containsExactly("first");
        tern.succeed("list found --key k3");
        assertThat(tern.out()).isEmpty();
        tern.fail("list found --id 00112233445566778899AABBCCDDEEFF");
        assertThat(tern.err()).contains("no message with id '00112233445566778899AABBCCDDEEFF' in topic found");
    }

    @Test
    void benchMeasuresSendsAndReceipts() {
        tern.succeed("bench --threads 2 --in-flight 10 --size 100 --warm-up 1 --seconds 2 --consume --json");
        JsonObject result = tern.json();
        assertThat(result.number("sent", 0)).isPositive();
        assertThat(result.number("errors", -1)).isZero();
        assertThat(result.number("consumed", 0)).isPositive();
        assertThat(result.object("sendUs").number("p99", 0)).isPositive();
        tern.succeed("bench --rate 50 --warm-up 0 --seconds 1");
        assertThat(tern.out()).contains("messages/s", "send        p50 ", "0 errors");
    }

    @Test
    void dumpsTheLogOfARunningServer() {
        tern.succeed("pub dumped --tag t --key k --body hello --json");
        String id = tern.json().text("id", "");
        String data = folder.resolve("data").toString();
        assertThat(tern.alone("log", "dump", data)).as(tern.out()).isEqualTo(ExitStatus.OK);
        assertThat(tern.out())
                .contains("entry  position=0  bytes=", "control  position=", "change=TopicPut", "queueNos=[0, 1, ")
                .contains("topic=dumped", "id=" + id + "  tag=t  keys=k  bodyBytes=5");
        assertThat(tern.alone("log", "dump", data, "--json", "--max", "3")).isEqualTo(ExitStatus.OK);
        assertThat(tern.jsonLines()).hasSize(3);
        assertThat(tern.jsonLines().get(0).text("type", "")).isEqualTo("entry");
    }

    @Test
    void namesAFolderThatHoldsNoLog() {
        assertThat(tern.alone("log", "dump", folder.toString())).isEqualTo(ExitStatus.USAGE);
        assertThat(tern.err())
                .contains("DATA_DIR: '" + folder + "' (expected: a folder that a server keeps its data in");
    }

    @Test
    void namesTheTopicThatIsNotThere() {
        tern.fail("list nowhere");
        assertThat(tern.err()).contains("tern list: topic 'nowhere' does not exist");
    }

    private List<String> ids() {
        return tern.jsonLines().stream().map(line -> line.text("id", "")).toList();
    }
}
