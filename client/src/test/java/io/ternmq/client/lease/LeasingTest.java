package io.ternmq.client.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ternmq.Filter;
import io.ternmq.StartAt;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.ConnectionLimits;
import io.ternmq.client.wire.ConnectionSettings;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.LocalBroker;
import io.ternmq.client.wire.LocalServer;
import io.ternmq.client.wire.LocalServer.Answer;
import io.ternmq.client.wire.LocalServer.Asked;
import io.ternmq.engine.GroupMember.TakeRequest;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.MemberTerms;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Taking from two brokers. */
class LeasingTest {

    private static final int ANYTHING = 1;
    private static final Duration INVISIBLE = Duration.ofSeconds(30);
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final AtomicLong nowMs = new AtomicLong(1_000_000);
    private final LocalServer a = new LocalServer(asked -> null);
    private final LocalServer b = new LocalServer(asked -> null);
    private final Connections connections = new Connections(
            new ConnectionSettings(1, ConnectionLimits.DEFAULT, Optional.empty(), Optional.empty()), System::nanoTime);
    private final Routes routes =
            new Routes(new NameServers(connections, List.of(a.address())), connections, System::nanoTime, 5_000);
    private final MemberTerms member = new MemberTerms(
            "billing",
            MemberTerms.Mode.LEASED,
            Map.of("orders", Filter.all()),
            false,
            Optional.empty(),
            StartAt.EARLIEST);
    private final Leasing leasing = new Leasing(
            new LeaseTerms(member, routes, connections, new KnownServers(5_000), nowMs::get, System::nanoTime, 5_000));

    @BeforeEach
    void haveNothing() {
        LocalServer.Behaviour none =
                LocalBroker.routes(Map.of("a", a.address(), "b", b.address()), asked -> switch (asked.code()) {
                    case RequestCode.POP_MESSAGE ->
                        isPoll(asked) ? null : new Answer(ResponseCode.PULL_NOT_FOUND, Map.of());
                    case ANYTHING -> Answer.ok(Map.of());
                    default -> null;
                });
        a.behave(none);
        b.behave(none);
    }

    @AfterEach
    void close() {
        connections.close();
        a.close();
        b.close();
    }

    @Test
    void oneRequestAtMostWaitsAtEachBrokerAndWhoComesLaterWaitsForItsAnswer() {
        CompletableFuture<List<LeasedMessage>> first = take(WAIT);
        awaitPolls(1, 1);
        a.answer(polls(a).get(0), message("one"));
        assertThat(bodies(first)).containsExactly("one");

        CompletableFuture<List<LeasedMessage>> second = take(WAIT);
        awaitPolls(2, 1);
        b.answer(polls(b).get(0), message("two"));
        assertThat(bodies(second)).containsExactly("two");

        a.answer(polls(a).get(1), message("three"));
        CompletableFuture<List<LeasedMessage>> third = take(WAIT);
        assertThat(bodies(third)).containsExactly("three");
    }

    @Test
    void aBrokerWhoseEarlierRequestEndsIsAskedToWaitAgain() {
        CompletableFuture<List<LeasedMessage>> first = take(WAIT);
        awaitPolls(1, 1);
        a.answer(polls(a).get(0), message("one"));
        assertThat(bodies(first)).containsExactly("one");
        CompletableFuture<List<LeasedMessage>> second = take(WAIT);
        awaitPolls(2, 1);
        b.answer(polls(b).get(0), new Answer(ResponseCode.POLLING_TIMEOUT, Map.of()));
        awaitPolls(2, 2);
        b.answer(polls(b).get(1), message("two"));
        assertThat(bodies(second)).containsExactly("two");
    }

    @Test
    void whoWaitsLessThanAnEarlierRequestIsAnsweredInTime() {
        CompletableFuture<List<LeasedMessage>> first = take(WAIT);
        awaitPolls(1, 1);
        assertThat(bodies(take(Duration.ofMillis(100)))).isEmpty();
        awaitPolls(1, 1);
        assertThat(first).isNotDone();
    }

    @Test
    void aWaitGoesOnWhateverIsDoneToTheComputersTime() {
        CompletableFuture<List<LeasedMessage>> waiting = take(WAIT);
        awaitPolls(1, 1);
        nowMs.addAndGet(Duration.ofDays(1).toMillis());
        a.answer(polls(a).get(0), new Answer(ResponseCode.POLLING_TIMEOUT, Map.of()));
        b.answer(polls(b).get(0), new Answer(ResponseCode.POLLING_TIMEOUT, Map.of()));
        awaitPolls(2, 2);
        assertThat(waiting).isNotDone();
    }

    @Test
    void whatIsKeptTooLongIsGivenBack() {
        CompletableFuture<List<LeasedMessage>> first = take(WAIT);
        awaitPolls(1, 1);
        a.answer(polls(a).get(0), message("one"));
        assertThat(bodies(first)).containsExactly("one");
        b.answer(polls(b).get(0), message("kept"));
        new Call(ANYTHING, "hear of all that came before", 5_000)
                .expect(connections.to(b.address()))
                .join();
        nowMs.addAndGet(INVISIBLE.toMillis() / 2 + 1);
        CompletableFuture<List<LeasedMessage>> next = take(WAIT);
        await().until(() ->
                LocalBroker.asked(b, RequestCode.CHANGE_MESSAGE_INVISIBLETIME).size() == 1);
        assertThat(next).isNotDone();
    }

    @Test
    void noMoreThanRocketMqAllowsIsAskedForUntilTheServerHasSaidThatItIsAnother() {
        List<Asked> takes = takesOfHundreds(asked -> Answer.ok("{\"table\":{\"product\":\"TernMQ\"}}"));
        assertThat(takes).first().satisfies(take -> assertThat(take.fields()).containsEntry("maxMsgNums", "32"));
        assertThat(takes).last().satisfies(take -> assertThat(take.fields()).containsEntry("maxMsgNums", "200"));
    }

    @Test
    void whoIsNotTernMqIsNeverAskedForMoreThanItAllows() {
        List<Asked> takes = takesOfHundreds(asked -> Answer.ok("{\"table\":{}}"));
        assertThat(takes).allSatisfy(take -> assertThat(take.fields()).containsEntry("maxMsgNums", "32"));
        assertThat(runtimeQuestions()).hasSize(1);
    }

    @Test
    void whoDoesNotSayWhatItIsIsNotAskedAgain() {
        List<Asked> takes = takesOfHundreds(asked -> new Answer(ResponseCode.NO_PERMISSION, Map.of()));
        assertThat(takes).allSatisfy(take -> assertThat(take.fields()).containsEntry("maxMsgNums", "32"));
        assertThat(runtimeQuestions()).hasSize(1);
    }

    @Test
    void afterARefusalTheServerIsAskedAgainWhatItIs() {
        List<Asked> unused = takesOfHundreds(asked -> Answer.ok("{\"table\":{\"product\":\"TernMQ\"}}"));
        a.behave(LocalBroker.routes(
                Map.of("a", a.address()),
                asked -> asked.code() == RequestCode.POP_MESSAGE
                        ? new Answer(ResponseCode.SYSTEM_ERROR, Map.of())
                        : Answer.ok("{\"table\":{}}")));
        assertThat(takeHundreds()).failsWithin(Duration.ofSeconds(10));
        assertThat(takeHundreds()).failsWithin(Duration.ofSeconds(10));
        assertThat(LocalBroker.asked(a, RequestCode.POP_MESSAGE))
                .last()
                .satisfies(take -> assertThat(take.fields()).containsEntry("maxMsgNums", "32"));
        assertThat(runtimeQuestions()).hasSize(2);
    }

    /** From one broker; the last of them after it has said what it is. */
    private List<Asked> takesOfHundreds(LocalServer.Behaviour runtime) {
        a.behave(LocalBroker.routes(Map.of("a", a.address()), asked -> switch (asked.code()) {
            case RequestCode.POP_MESSAGE -> message("one");
            case RequestCode.GET_BROKER_RUNTIME_INFO -> runtime.answer(asked);
            case ANYTHING -> Answer.ok(Map.of());
            default -> null;
        }));
        assertThat(bodies(takeHundreds())).containsExactly("one");
        new Call(ANYTHING, "hear of all that came before", 5_000)
                .expect(connections.to(a.address()))
                .join();
        assertThat(bodies(takeHundreds())).containsExactly("one");
        return LocalBroker.asked(a, RequestCode.POP_MESSAGE);
    }

    private List<Asked> runtimeQuestions() {
        return LocalBroker.asked(a, RequestCode.GET_BROKER_RUNTIME_INFO);
    }

    private CompletableFuture<List<LeasedMessage>> takeHundreds() {
        return leasing.take(new TakeRequest("orders", 200, INVISIBLE, WAIT));
    }

    private CompletableFuture<List<LeasedMessage>> take(Duration wait) {
        return leasing.take(new TakeRequest("orders", 32, INVISIBLE, wait));
    }

    private static List<String> bodies(CompletableFuture<List<LeasedMessage>> taken) {
        assertThat(taken).succeedsWithin(Duration.ofSeconds(10));
        return taken.join().stream()
                .map(lease -> new String(lease.message().body(), UTF_8))
                .toList();
    }

    private void awaitPolls(int ofA, int ofB) {
        await().untilAsserted(() -> {
            assertThat(polls(a)).hasSize(ofA);
            assertThat(polls(b)).hasSize(ofB);
        });
    }

    private static List<Asked> polls(LocalServer server) {
        return LocalBroker.asked(server, RequestCode.POP_MESSAGE).stream()
                .filter(LeasingTest::isPoll)
                .toList();
    }

    private static boolean isPoll(Asked asked) {
        return !"0".equals(asked.fields().get("pollTime"));
    }

    private Answer message(String body) {
        MessageExt message = new MessageExt();
        message.setTopic("orders");
        message.setBody(body.getBytes(UTF_8));
        message.setBornHost(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
        message.setStoreHost(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));
        try {
            Map<String, String> fields = Map.of(
                    "popTime", Long.toString(nowMs.get()),
                    "invisibleTime", Long.toString(INVISIBLE.toMillis()),
                    "reviveQid", "0");
            return new Answer(ResponseCode.SUCCESS, fields, MessageDecoder.encode(message, false));
        } catch (Exception cannotBe) {
            throw new IllegalStateException(cannotBe);
        }
    }
}
