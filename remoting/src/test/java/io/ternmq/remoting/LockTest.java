package io.ternmq.remoting;

import static io.ternmq.remoting.LeasesOverTheWire.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.member.QueueLocks;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
    private static final Pattern QUEUE_ID = Pattern.compile("\"queueId\":(\\d+)");
    private static final long MINUTE_MS = 60_000;

    private BrokerFixture broker;
    private TestClient one;
    private TestClient other;

    @BeforeEach
    void open(@TempDir Path folder) {
        broker = new BrokerFixture(folder);
        one = broker.connect();
        other = broker.connect();
        BrokerFixture.send(one, "orders", 0, "makes the topic", Map.of());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private static String body(String group, String clientId, String topic, List<Integer> queueIds) {
        return queueIds.stream()
                .map(queueId -> "{\"topic\":\"" + topic + "\",\"brokerName\":\"broker-a\",\"queueId\":" + queueId + "}")
                .collect(Collectors.joining(
                        ",",
                        "{\"consumerGroup\":\"" + group + "\",\"clientId\":\"" + clientId + "\",\"mqSet\":[",
                        "]}"));
    }

    private static RemotingFrame ask(TestClient client, int code, String clientId, String topic, Integer... queueIds) {
        return client.ask(code, Map.of(), body("billing", clientId, topic, List.of(queueIds)));
    }

    /** @return the queues that are the client's now */
    private static List<Integer> lock(TestClient client, String clientId, Integer... queueIds) {
        return locked(ask(client, RequestCode.LOCK_BATCH_MQ, clientId, "orders", queueIds));
    }

    private static List<Integer> locked(RemotingFrame answer) {
        assertDone(answer);
        List<Integer> queueIds = new ArrayList<>();
        Matcher matcher = QUEUE_ID.matcher(TestClient.text(answer));
        while (matcher.find()) {
            queueIds.add(Integer.valueOf(matcher.group(1)));
        }
        return queueIds;
    }

    @Test
    void aQueueIsOneClientsAtATime() {
        assertThat(lock(one, "a", 0, 1)).containsExactlyInAnyOrder(0, 1);
        assertThat(lock(other, "b", 0, 1, 2)).containsExactly(2);
        assertThat(lock(one, "a", 0, 1, 2)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aLockEndsWhenItIsNotRenewedAndNotBefore() {
        assertThat(lock(one, "a", 0, 1)).hasSize(2);
        broker.clock.advance(MINUTE_MS - 1);
        assertThat(lock(other, "b", 0, 1)).isEmpty();
        assertThat(lock(one, "a", 1)).containsExactly(1);
        broker.clock.advance(1);
        assertThat(lock(other, "b", 0, 1)).containsExactly(0);
    }

    @Test
    void aLockDoesNotEndWithItsConnection() {
        assertThat(lock(one, "a", 0)).hasSize(1);
        one.close();
        assertThat(lock(other, "b", 0)).isEmpty();
    }

    @Test
    void aClockThatIsSetNeitherFreesAQueueNorHoldsIt() {
        assertThat(lock(one, "a", 0)).hasSize(1);
        broker.clock.step(MINUTE_MS);
        assertThat(lock(other, "b", 0)).isEmpty();
        broker.clock.step(-60 * MINUTE_MS);
        broker.clock.advance(MINUTE_MS);
        assertThat(lock(other, "b", 0)).containsExactly(0);
    }

    @Test
    void aClockThatIsSetForwardThrowsNobodyOut() {
        String heartbeat = "{\"clientID\":\"a\",\"consumerDataSet\":[{\"groupName\":\"billing\"}]}";
        assertDone(one.ask(RequestCode.HEART_BEAT, Map.of(), heartbeat));
        broker.clock.step(10 * MINUTE_MS);
        assertThat(broker.membership.removeSilent()).isZero();
        assertThat(broker.membership.isOnline("billing")).isTrue();
    }

    @Test
    void aQueueThatIsGivenBackIsFree() {
        assertThat(lock(one, "a", 0, 1)).hasSize(2);
        assertDone(ask(other, RequestCode.UNLOCK_BATCH_MQ, "b", "orders", 0, 1));
        assertThat(lock(other, "b", 0)).as("only its holder gives it back").isEmpty();

        assertDone(ask(one, RequestCode.UNLOCK_BATCH_MQ, "a", "orders", 0));
        assertThat(lock(other, "b", 0, 1)).containsExactly(0);
    }

    @Test
    void onlyWhatIsThereIsLocked() {
        assertThat(lock(one, "a", 0, 99, -1, Integer.MAX_VALUE)).containsExactly(0);
        assertThat(locked(ask(one, RequestCode.LOCK_BATCH_MQ, "a", "no-such-topic", 0)))
                .isEmpty();
        assertThat(one.ask(RequestCode.LOCK_BATCH_MQ, Map.of(), body("no group's name!", "a", "orders", List.of(0)))
                        .code())
                .isEqualTo(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);
        assertThat(one.ask(
                                RequestCode.LOCK_BATCH_MQ,
                                Map.of(),
                                body("billing", "a".repeat(1_000), "orders", List.of(0)))
                        .code())
                .isNotEqualTo(ResponseCode.SUCCESS);
        assertThat(broker.membership.locks().count()).isEqualTo(1);
    }

    @Test
    void whoLocksWithoutEndTakesNoMoreThanThereAreLocks() {
        Map<String, Object> topic = Map.of(
                "topic",
                "wide",
                "readQueueNums",
                20_000,
                "writeQueueNums",
                20_000,
                "perm",
                6,
                "defaultTopic",
                "TBW102");
        assertDone(one.ask(RequestCode.UPDATE_AND_CREATE_TOPIC, topic));
        List<Integer> all = IntStream.range(0, 20_000).boxed().toList();
        String body = body("hostile", "a", "wide", all);

        int locked = 0;
        for (int before = -1; locked > before; ) {
            before = locked;
            locked = locked(one.ask(RequestCode.LOCK_BATCH_MQ, Map.of(), body)).size();
        }

        assertThat(locked).isEqualTo(QueueLocks.COUNT_MAX);
        RemotingFrame refused = ask(other, RequestCode.LOCK_BATCH_MQ, "b", "orders", 0);
        assertThat(refused.code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
        broker.clock.advance(MINUTE_MS);
        broker.removeSilent();
        assertThat(lock(other, "b", 0)).containsExactly(0);
    }
}
