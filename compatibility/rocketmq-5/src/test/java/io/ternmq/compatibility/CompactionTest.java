package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.newTopic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attributes of topics came with the 5.x client. */
@SuppressWarnings("deprecation") // the plain pull consumer says exactly which offsets there are
class CompactionTest {
    private static final int MESSAGE_ILLEGAL = 13;
    private static final int KEYS = 5;
    private static final int VERSIONS = 20;

    /** As little as a log may keep. */
    private static final Map<String, String> SHORT_LIVED = Map.of(
            "log.segment-size", "64KiB",
            "log.retention-size", "1MiB",
            "log.checkpoint-size", "64KiB");

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    private void putTopic(String topic, int queueCount, String policy) throws Exception {
        var config = new TopicConfig(topic, queueCount, queueCount, 6);
        config.setAttributes(Map.of("+cleanup.policy", policy));
        mq.admin().createAndUpdateTopicConfig(mq.brokerAddress(), config);
    }

    private static Message put(String topic, String key, String value) {
        return new Message(topic, "tag", key, value.getBytes(UTF_8));
    }

    @Test
    void readingFromTheBeginningSeesTheNewestMessageOfEachKeyAfterRetentionAndAKill() throws Exception {
        try (var server = ServerProcess.start(SHORT_LIVED)) {
            mq.connectTo(server.address());
            String topic = newTopic();
            putTopic(topic, 1, "COMPACTION");
            assertThat(mq.admin().examineTopicConfig(mq.brokerAddress(), topic).getAttributes())
                    .containsEntry("cleanup.policy", "COMPACTION");
            DefaultMQProducer producer = mq.producer();
            MessageQueue queue = mq.onlyQueueOf(topic);
            for (int version = 0; version < VERSIONS; version++) {
                for (int key = 0; key < KEYS; key++) {
                    producer.send(put(topic, "key" + key, "version" + version), queue);
                }
            }
            producer.send(put(topic, "key1", "last"), queue);
            List<MessageExt> all = mq.messagesOf(topic, KEYS * VERSIONS + 1);
            assertThat(all).hasSize(KEYS * VERSIONS + 1);

            outlive(producer, queue);
            mq.closeClients();
            server.kill();
            server.startAgain();

            Map<String, String> newest = new LinkedHashMap<>();
            List<MessageExt> left = mq.messagesOf(topic, 1);
            left.forEach(message -> newest.put(message.getKeys(), new String(message.getBody(), UTF_8)));
            assertThat(newest)
                    .isEqualTo(Map.of(
                            "key0", "version19",
                            "key1", "last",
                            "key2", "version19",
                            "key3", "version19",
                            "key4", "version19"));
            assertThat(left).hasSizeLessThan(KEYS * VERSIONS);
            for (MessageExt message : left) {
                MessageExt sent = all.get((int) message.getQueueOffset());
                assertThat(message.getKeys()).isEqualTo(sent.getKeys());
                assertThat(message.getBody()).isEqualTo(sent.getBody());
                assertThat(message.getStoreTimestamp()).isEqualTo(sent.getStoreTimestamp());
            }
            assertThat(mq.admin()
                            .queryMessage(topic, "key3", 32, 0, Long.MAX_VALUE)
                            .getMessageList())
                    .extracting(MessageExt::getQueueOffset)
                    .contains((long) KEYS * (VERSIONS - 1) + 3);
            var pushed = new Collected();
            mq.consume(newGroup(), topic, pushed);
            Waiting.soon().untilAsserted(() -> assertThat(pushed.bodies()).contains("last"));
            mq.closeClients();
        }
    }

    /** Sends until the log has grown over everything there was, which then is compacted. */
    private void outlive(DefaultMQProducer producer, MessageQueue queue) throws Exception {
        String filler = mq.topic(1);
        String body = "x".repeat(32_000);
        long end = mq.admin().maxOffset(queue);
        Waiting.within(Duration.ofMinutes(2)).until(() -> {
            for (int i = 0; i < 10; i++) {
                producer.send(message(filler, body));
            }
            return mq.admin().minOffset(queue) >= end - 2 * KEYS;
        });
    }

    @Test
    void aMessageWithoutAKeyIsRefusedAsByRocketMq() throws Exception {
        String topic = newTopic();
        putTopic(topic, 1, "COMPACTION");
        MessageQueue queue = mq.onlyQueueOf(topic);
        var producer = mq.newProducer();
        producer.setRetryTimesWhenSendFailed(0);
        mq.start(producer);
        assertRefused(() -> producer.send(message(topic, "m"), queue));
        assertRefused(() -> producer.send(List.of(put(topic, "key", "m"), message(topic, "m")), queue));
        var delayed = message(topic, "m");
        delayed.setDelayTimeLevel(1);
        assertRefused(() -> producer.send(delayed, queue));
        producer.send(put(topic, "key", "m"), queue);
        assertThat(mq.messagesOf(topic, 1)).hasSize(1);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable send) {
        assertThatThrownBy(send)
                .isInstanceOfSatisfying(
                        MQBrokerException.class,
                        refusal -> assertThat(refusal.getResponseCode()).isEqualTo(MESSAGE_ILLEGAL));
    }

    @Test
    void anUnknownPolicyIsRefused() {
        assertThatThrownBy(() -> putTopic(newTopic(), 1, "SHRED"))
                .hasMessageContaining("cleanup.policy")
                .hasMessageContaining("SHRED");
    }
}
