package io.ternmq.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimedMessagesTest {
    @TempDir
    Path folder;

    private BrokerFixture broker;
    private TestClient client;

    @BeforeEach
    void start() {
        broker = new BrokerFixture(folder);
        client = broker.connect();
        BrokerFixture.send(client, "orders", 1, "first", Map.of());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private RemotingFrame send(String body, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("UNIQ_KEY", body);
        return BrokerFixture.send(client, "orders", 0, body, all);
    }

    private void goTo(long ms) {
        broker.clock.update(BrokerFixture.START_MS + ms);
    }

    private RemotingFrame recall(String topic, String handle) {
        return client.ask(RequestCode.RECALL_MESSAGE, Map.of("topic", topic, "recallHandle", handle));
    }

    private void awaitOffset(long offset) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                client.ask(RequestCode.GET_MAX_OFFSET, Map.of("topic", "orders", "queueId", 0))
                                        .getLong("offset"))
                        .isEqualTo(offset));
    }

    @Test
    void aMessageComesAtItsTimeWithWhatItsConsumerMayKnow() {
        RemotingFrame sent = send("late", Map.of("TIMER_DELAY_SEC", "3", "TAGS", "a", "own", "x"));
        assertThat(sent.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(sent.getLong("queueId")).isZero();
        RemotingFrame soon = send("soon", Map.of("TIMER_DELAY_MS", "1500"));
        assertThat(soon.code()).isEqualTo(ResponseCode.SUCCESS);
        RemotingFrame past = send("past", Map.of("TIMER_DELIVER_MS", Long.toString(BrokerFixture.START_MS - 1)));
        assertThat(past.get("recallHandle")).isNull();

        assertThat(client.ask(RequestCode.GET_TIMER_METRICS, Map.of()))
                .satisfies(metrics -> assertThat(TestClient.text(metrics)).contains("\"orders\":{\"count\":2"));
        goTo(1_500);
        awaitOffset(2);
        goTo(3_000);
        awaitOffset(3);

        RemotingFrame pulled = client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "orders", 0, 0));
        List<String> texts = List.of(TestClient.text(pulled));
        assertThat(texts.get(0))
                .contains("past", "soon", "late")
                .doesNotContain("REAL_TOPIC")
                .doesNotContain("REAL_QID");
        assertThat(texts.get(0)).contains("TIMER_OUT_MS\u0001" + (BrokerFixture.START_MS + 3_000));
    }

    @Test
    void aTimeThatCannotBeIsRefusedWithThePropertyItsValueAndWhatWasExpected() {
        RemotingFrame far = send("far", Map.of("TIMER_DELAY_SEC", "999999999"));
        assertThat(far.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(far.remark()).contains("TIMER_DELAY_SEC", "999999999", "ten years");
        RemotingFrame word = send("word", Map.of("TIMER_DELIVER_MS", "tomorrow"));
        assertThat(word.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(word.remark()).contains("TIMER_DELIVER_MS", "tomorrow", "a whole number");
    }

    @Test
    void nobodyButTheBrokerUsesTheTopicOfTimers() {
        assertThat(BrokerFixture.send(client, "rmq_sys_wheel_timer", 0, "m", Map.of())
                        .code())
                .isEqualTo(ResponseCode.NO_PERMISSION);
        assertThat(client.ask(RequestCode.PULL_MESSAGE, BrokerFixture.pullFields("g", "rmq_sys_wheel_timer", 0, 0))
                        .code())
                .isEqualTo(ResponseCode.NO_PERMISSION);
    }

    @Test
    void aRecallAnswersThatItWasCancelledOrDeliveredOrIsUnknown() {
        String handle = handleOf(send("m", Map.of("TIMER_DELAY_SEC", "60")));
        assertThat(new String(Base64.getUrlDecoder().decode(handle), StandardCharsets.UTF_8).split(" ", -1))
                .hasSize(5)
                .startsWith("v1", "orders")
                .endsWith(Long.toString(BrokerFixture.START_MS + 60_000), "m");

        RemotingFrame cancelled = recall("orders", handle);
        assertThat(cancelled.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(cancelled.getRequired("msgId")).isEqualTo("m");

        String fired = handleOf(send("fired", Map.of("TIMER_DELAY_SEC", "1")));
        goTo(61_000);
        awaitOffset(1);
        RemotingFrame delivered = recall("orders", fired);
        assertThat(delivered.code()).isEqualTo(ResponseCode.ILLEGAL_OPERATION);
        assertThat(delivered.remark()).contains("delivered already");

        RemotingFrame unknown = recall("orders", handleOf("orders", "other", 62_000));
        assertThat(unknown.code()).isEqualTo(ResponseCode.QUERY_NOT_FOUND);
    }

    @Test
    void aHandleThatIsNoneIsRefused() {
        assertThat(recall("orders", "?").code()).isEqualTo(ResponseCode.ILLEGAL_OPERATION);
        assertThat(recall("orders", handleOf("others", "m", 1_000)).remark()).contains("topic");
        assertThat(recall("nowhere", handleOf("nowhere", "m", 1_000)).code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        String elsewhere = Base64.getUrlEncoder()
                .encodeToString("v1 orders some-broker 1700000001000 m".getBytes(StandardCharsets.UTF_8));
        assertThat(recall("orders", elsewhere).remark()).contains("some-broker");
    }

    private static String handleOf(RemotingFrame sent) {
        return Objects.requireNonNull(sent.get("recallHandle"));
    }

    private String handleOf(String topic, String key, long inMs) {
        String sent = handleOf(send("pattern", Map.of("TIMER_DELAY_SEC", "600")));
        String broker = new String(Base64.getUrlDecoder().decode(sent), StandardCharsets.UTF_8).split(" ", -1)[2];
        String words = String.join(" ", "v1", topic, broker, Long.toString(BrokerFixture.START_MS + inMs), key);
        return Base64.getUrlEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8));
    }
}
