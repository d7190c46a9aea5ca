package io.ternmq.compatibility.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.Message;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.TernMQ;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.utils.MessageUtil;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestReplyTest {

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whoAsksGetsTheAnswer() {
        String topic = SERVER.name("questions");
        try (TernMQ asking = SERVER.open();
                TernMQ answering = SERVER.open()) {
            asking.admin().putTopic(topic, 2);
            answering
                    .consumer(SERVER.name("answering"))
                    .answer(topic, question -> "answer to " + question.text())
                    .start();
            assertThat(asking.request(Message.to(topic).body("one"), PATIENCE).text())
                    .isEqualTo("answer to one");
            assertThat(asking.request(Message.to(topic).body("two"), PATIENCE).text())
                    .isEqualTo("answer to two");
        }
    }

    @Test
    void withoutAnAnswerTheOutcomeIsUnknown() {
        String topic = SERVER.name("unheard");
        try (TernMQ asking = SERVER.open()) {
            asking.admin().putTopic(topic, 1);
            assertThatThrownBy(() -> asking.request(Message.to(topic).body("anyone?"), Duration.ofMillis(300)))
                    .isInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    void rocketMqsProducerAsksAndWeAnswer() throws Exception {
        String topic = SERVER.name("theirs");
        DefaultMQProducer asking = new DefaultMQProducer(SERVER.name("asking"));
        asking.setNamesrvAddr(SERVER.hostPort());
        try (TernMQ answering = SERVER.open()) {
            answering.admin().putTopic(topic, 1);
            answering
                    .consumer(SERVER.name("answering"))
                    .answer(topic, question -> "ours: " + question.text())
                    .start();
            asking.start();
            org.apache.rocketmq.common.message.Message answer = asking.request(
                    new org.apache.rocketmq.common.message.Message(topic, "hello".getBytes(StandardCharsets.UTF_8)),
                    PATIENCE.toMillis());
            assertThat(new String(answer.getBody(), StandardCharsets.UTF_8)).isEqualTo("ours: hello");
        } finally {
            asking.shutdown();
        }
    }

    @Test
    void weAskAndRocketMqsConsumerAnswers() throws Exception {
        String topic = SERVER.name("ours");
        DefaultMQProducer replying = new DefaultMQProducer(SERVER.name("replying"));
        replying.setNamesrvAddr(SERVER.hostPort());
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(SERVER.name("consuming"));
        consumer.setNamesrvAddr(SERVER.hostPort());
        try (TernMQ asking = SERVER.open()) {
            asking.admin().putTopic(topic, 1);
            replying.start();
            consumer.setPullTimeDelayMillsWhenException(1);
            consumer.subscribe(topic, "*");
            consumer.setMessageListener((MessageListenerConcurrently) (messages, context) -> {
                messages.forEach(message -> answer(replying, message));
                return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
            });
            consumer.start();
            assertThat(asking.request(Message.to(topic).body("hello"), PATIENCE).text())
                    .isEqualTo("theirs: hello");
        } finally {
            consumer.shutdown();
            replying.shutdown();
        }
    }

    private static void answer(DefaultMQProducer producer, MessageExt question) {
        try {
            byte[] body = ("theirs: " + new String(question.getBody(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            producer.send(
                    List.of(MessageUtil.createReplyMessage(question, body)).get(0), 3_000);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
