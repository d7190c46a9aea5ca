package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("header")
class SendTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aSendIsToldTheQueueAndTheOffsetOfItsMessage() throws Exception {
        String topic = mq.topic(1);
        List<SendResult> results = send(mq.producer(), topic, "m", 3);
        assertThat(results).extracting(SendResult::getSendStatus).containsOnly(SendStatus.SEND_OK);
        assertThat(results).extracting(SendResult::getQueueOffset).containsExactly(0L, 1L, 2L);
        assertThat(results).extracting(SendResult::getMessageQueue).containsOnly(mq.onlyQueueOf(topic));
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 3))).containsExactly("m0", "m1", "m2");
    }

    @Test
    void aProducerGoesRoundTheQueuesOfATopic() throws Exception {
        String topic = mq.topic(4);
        List<SendResult> results = send(mq.producer(), topic, "m", 8);
        assertThat(results)
                .extracting(result -> result.getMessageQueue().getQueueId())
                .containsOnly(0, 1, 2, 3);
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 8)))
                .containsExactlyInAnyOrderElementsOf(RocketMqClients.bodies("m", 8));
    }

    @Test
    void anAsyncSendAnswersItsCallback() throws Exception {
        String topic = mq.topic(2);
        var producer = mq.producer();
        var answers = new ArrayList<CompletableFuture<SendResult>>();
        for (int i = 0; i < 50; i++) {
            var answer = new CompletableFuture<SendResult>();
            answers.add(answer);
            producer.send(message(topic, "m" + i), callback(answer));
        }
        for (var answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        }
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 50)))
                .containsExactlyInAnyOrderElementsOf(RocketMqClients.bodies("m", 50));
    }

    @Test
    void aOneWaySendArrives() throws Exception {
        String topic = mq.topic(1);
        mq.producer().sendOneway(message(topic, "nobody answers"));
        assertThat(Collected.bodiesOf(mq.messagesOf(topic, 1))).containsExactly("nobody answers");
    }

    @Test
    void aBatchStandsInOneQueueInItsOrder() throws Exception {
        String topic = mq.topic(4);
        var batch = new ArrayList<Message>();
        for (int i = 0; i < 32; i++) {
            batch.add(new Message(topic, "tag" + i, "key" + i, ("m" + i).getBytes(UTF_8)));
        }
        SendResult result = mq.producer().send(batch);
        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(result.getOffsetMsgId().split(",")).hasSize(32).doesNotHaveDuplicates();

        List<MessageExt> messages = mq.messagesOf(topic, 32);
        assertThat(Collected.bodiesOf(messages)).containsExactlyElementsOf(RocketMqClients.bodies("m", 32));
        assertThat(messages)
                .extracting(MessageExt::getQueueId)
                .containsOnly(result.getMessageQueue().getQueueId());
        assertThat(messages)
                .extracting(MessageExt::getQueueOffset)
                .containsExactlyElementsOf(IntStream.range(0, 32)
                        .mapToObj(i -> result.getQueueOffset() + i)
                        .toList());
        assertThat(messages)
                .extracting(Message::getTags)
                .startsWith("tag0", "tag1")
                .endsWith("tag31");
        assertThat(messages)
                .extracting(Message::getKeys)
                .startsWith("key0", "key1")
                .endsWith("key31");
    }

    @Test
    void aSelectorChoosesTheQueue() throws Exception {
        String topic = mq.topic(4);
        var producer = mq.producer();
        for (int i = 0; i < 12; i++) {
            producer.send(message(topic, "m" + i), (queues, sent, key) -> byNumber(queues, (Integer) key % 4), i);
        }
        for (MessageExt message : mq.messagesOf(topic, 12)) {
            int number = Integer.parseInt(new String(message.getBody(), UTF_8).substring(1));
            assertThat(message.getQueueId()).isEqualTo(number % 4);
        }
    }

    @Test
    void aSendToAChosenQueueStandsThere() throws Exception {
        String topic = mq.topic(3);
        MessageQueue queue = mq.queuesOf(topic).get(2);
        SendResult result = mq.producer().send(message(topic, "m"), queue);
        assertThat(result.getMessageQueue()).isEqualTo(queue);
        assertThat(mq.messagesOf(topic, 1)).extracting(MessageExt::getQueueId).containsExactly(2);
    }

    @Test
    void sendersInParallelKeepOffsetsWithoutHolesAndEachItsOwnOrder() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        var senders = IntStream.range(0, 8)
                .mapToObj(sender -> CompletableFuture.runAsync(() -> sendAll(producer, topic, "s" + sender + "-", 25)))
                .toList();
        for (var sender : senders) {
            sender.get(20, TimeUnit.SECONDS);
        }
        List<MessageExt> messages = mq.messagesOf(topic, 200);
        assertThat(messages)
                .extracting(MessageExt::getQueueOffset)
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(Long::valueOf).toList());
        for (int sender = 0; sender < 8; sender++) {
            String prefix = "s" + sender + "-";
            assertThat(Collected.bodiesOf(messages).stream().filter(body -> body.startsWith(prefix)))
                    .containsExactlyElementsOf(RocketMqClients.bodies(prefix, 25));
        }
    }

    private static void sendAll(
            org.apache.rocketmq.client.producer.DefaultMQProducer producer, String topic, String prefix, int count) {
        try {
            send(producer, topic, prefix, count);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageQueue byNumber(List<MessageQueue> queues, int queueId) {
        return queues.stream()
                .filter(queue -> queue.getQueueId() == queueId)
                .findFirst()
                .orElseThrow();
    }

    private static SendCallback callback(CompletableFuture<SendResult> answer) {
        return new SendCallback() {
            @Override
            public void onSuccess(SendResult result) {
                answer.complete(result);
            }

            @Override
            public void onException(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        };
    }
}
