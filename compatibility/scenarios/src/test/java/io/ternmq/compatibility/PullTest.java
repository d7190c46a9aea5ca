package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullCallback;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("header")
@SuppressWarnings("deprecation") // the plain pull consumer is deprecated and still used by many
class PullTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void aPullReturnsTheMessagesFromItsOffsetOn() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 10);
        mq.messagesOf(topic, 10);
        PullResult result = mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "*", 4, 3);
        assertThat(result.getPullStatus()).isEqualTo(PullStatus.FOUND);
        assertThat(Collected.bodiesOf(result.getMsgFoundList())).containsExactly("m4", "m5", "m6");
        assertThat(result.getNextBeginOffset()).isEqualTo(7);
        assertThat(result.getMinOffset()).isZero();
        assertThat(result.getMaxOffset()).isEqualTo(10);
    }

    @Test
    void aPullAtTheEndFindsNothingNew() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 2);
        mq.messagesOf(topic, 2);
        PullResult result = mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "*", 2, 32);
        assertThat(result.getPullStatus()).isEqualTo(PullStatus.NO_NEW_MSG);
        assertThat(result.getNextBeginOffset()).isEqualTo(2);
    }

    @Test
    void aPullBehindTheEndIsToldTheRightOffset() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 2);
        mq.messagesOf(topic, 2);
        PullResult result = mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "*", 100, 32);
        assertThat(result.getPullStatus()).isEqualTo(PullStatus.OFFSET_ILLEGAL);
        assertThat(result.getNextBeginOffset()).isEqualTo(2);
    }

    @Test
    void aPullOfAnotherTagMovesOnWithoutMessages() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        for (int i = 0; i < 5; i++) {
            producer.send(new Message(topic, "red", ("m" + i).getBytes(UTF_8)));
        }
        mq.messagesOf(topic, 5);
        PullResult result = mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "blue", 0, 32);
        assertThat(result.getPullStatus()).isEqualTo(PullStatus.NO_MATCHED_MSG);
        assertThat(result.getNextBeginOffset()).isEqualTo(5);
    }

    @Test
    void aPullOfATagReturnsOnlyItsMessages() throws Exception {
        String topic = mq.topic(1);
        var producer = mq.producer();
        for (int i = 0; i < 9; i++) {
            producer.send(new Message(topic, i % 3 == 0 ? "red" : "blue", ("m" + i).getBytes(UTF_8)));
        }
        mq.messagesOf(topic, 9);
        PullResult result = mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "red || green", 0, 32);
        assertThat(Collected.bodiesOf(result.getMsgFoundList())).containsExactly("m0", "m3", "m6");
        assertThat(result.getNextBeginOffset()).isEqualTo(9);
    }

    @Test
    void anAsyncPullAnswersItsCallback() throws Exception {
        String topic = mq.topic(1);
        send(mq.producer(), topic, "m", 3);
        mq.messagesOf(topic, 3);
        var answer = new CompletableFuture<PullResult>();
        mq.pullConsumer(newGroup()).pull(mq.onlyQueueOf(topic), "*", 0, 32, callback(answer));
        assertThat(Collected.bodiesOf(answer.get(20, TimeUnit.SECONDS).getMsgFoundList()))
                .containsExactly("m0", "m1", "m2");
    }

    @Test
    void aWaitingPullIsWokenWithinATenthOfASecond() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        var producer = mq.producer();
        var consumer = mq.pullConsumer(newGroup());
        var delaysMs = new ArrayList<Long>();
        for (int round = 0; round < 7; round++) {
            CompletableFuture<PullResult> answer = waitingPull(consumer, queue, round);
            long startNs = System.nanoTime();
            producer.send(message(topic, "m" + round));
            assertThat(Collected.bodiesOf(answer.get(20, TimeUnit.SECONDS).getMsgFoundList()))
                    .containsExactly("m" + round);
            delaysMs.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
        }
        Collections.sort(delaysMs);
        // A machine with more to do than processors makes some rounds slow, a broker that looks only now and then makes
        // all slow.
        assertThat(delaysMs.get(1)).as("second fastest of %s", delaysMs).isLessThan(100);
    }

    /** A pull at the queue's end that has demonstrably not been answered at once. */
    private static CompletableFuture<PullResult> waitingPull(
            DefaultMQPullConsumer consumer, MessageQueue queue, long offset) throws Exception {
        var answer = new CompletableFuture<PullResult>();
        consumer.pullBlockIfNotFound(queue, "*", offset, 32, callback(answer));
        Waiting.soon().during(Duration.ofMillis(200)).until(() -> !answer.isDone());
        return answer;
    }

    @Test
    void aWaitingPullForATagSleepsThroughOtherTags() throws Exception {
        String topic = mq.topic(1);
        MessageQueue queue = mq.onlyQueueOf(topic);
        var producer = mq.producer();
        var consumer = mq.pullConsumer(newGroup());
        var answer = CompletableFuture.supplyAsync(() -> pullUntilFound(consumer, queue, "blue"));
        for (int i = 0; i < 3; i++) {
            producer.send(new Message(topic, "red", ("red" + i).getBytes(UTF_8)));
        }
        producer.send(new Message(topic, "blue", "blue".getBytes(UTF_8)));
        assertThat(Collected.bodiesOf(answer.get(20, TimeUnit.SECONDS).getMsgFoundList()))
                .containsExactly("blue");
    }

    private static PullResult pullUntilFound(DefaultMQPullConsumer consumer, MessageQueue queue, String tag) {
        try {
            PullResult result = consumer.pullBlockIfNotFound(queue, tag, 0, 32);
            while (result.getPullStatus() != PullStatus.FOUND) {
                result = consumer.pullBlockIfNotFound(queue, tag, result.getNextBeginOffset(), 32);
            }
            return result;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWaitingPullIsAnsweredWhenItsTimeIsOver() throws Exception {
        String topic = mq.topic(1);
        var consumer = mq.pullConsumer(newGroup());
        consumer.setBrokerSuspendMaxTimeMillis(500);
        PullResult result = consumer.pullBlockIfNotFound(mq.onlyQueueOf(topic), "*", 0, 32);
        assertThat(result.getPullStatus()).isEqualTo(PullStatus.NO_NEW_MSG);
    }

    private static PullCallback callback(CompletableFuture<PullResult> answer) {
        return new PullCallback() {
            @Override
            public void onSuccess(PullResult result) {
                answer.complete(result);
            }

            @Override
            public void onException(Throwable failure) {
                answer.completeExceptionally(failure);
            }
        };
    }
}
