package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.message;
import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.RequestTimeoutException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.RequestCallback;
import org.apache.rocketmq.client.utils.MessageUtil;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A producer asks, a consumer answers, and the producer that asked gets the answer. */
class RequestReplyTest {
    private static final int ANSWER_MS_MAX = 15_000;

    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void theOneWhoAskedGetsTheAnswer() throws Exception {
        String topic = mq.topic(2);
        answerWith(topic, "answer to ");
        DefaultMQProducer asking = mq.producer();
        DefaultMQProducer bystander = mq.producer();
        assertThat(asked(asking, topic, "one")).isEqualTo("answer to one");
        assertThat(asked(bystander, topic, "two")).isEqualTo("answer to two");
        assertThat(asked(asking, topic, "three")).isEqualTo("answer to three");
    }

    @Test
    void anAnswerCanBeHeardOfLater() throws Exception {
        String topic = mq.topic(1);
        answerWith(topic, "later ");
        var heard = new CompletableFuture<String>();
        mq.producer()
                .request(
                        message(topic, "question"),
                        new RequestCallback() {
                            @Override
                            public void onSuccess(Message answer) {
                                heard.complete(new String(answer.getBody(), UTF_8));
                            }

                            @Override
                            public void onException(Throwable failure) {
                                heard.completeExceptionally(failure);
                            }
                        },
                        ANSWER_MS_MAX);
        assertThat(heard.get(ANSWER_MS_MAX, TimeUnit.MILLISECONDS)).isEqualTo("later question");
    }

    @Test
    void aQuestionThatNobodyAnswersTimesOut() throws Exception {
        String topic = mq.topic(1);
        assertThatThrownBy(() -> mq.producer().request(message(topic, "question"), 1_000))
                .isInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void anAnswerForOneWhoHasGoneIsRefused() throws Exception {
        String topic = mq.topic(1);
        var question = new MessageExt();
        question.setTopic(topic);
        MessageAccessor.putProperty(question, "CLUSTER", "DefaultCluster");
        MessageAccessor.putProperty(question, "REPLY_TO_CLIENT", "nobody@1");
        MessageAccessor.putProperty(question, "CORRELATION_ID", "1");
        MessageAccessor.putProperty(question, "TTL", "1000");
        Message answer = MessageUtil.createReplyMessage(question, "too late".getBytes(UTF_8));
        assertThatThrownBy(() -> mq.producer().send(answer))
                .rootCause()
                .isInstanceOf(MQBrokerException.class)
                .hasMessageContaining("nobody@1");
    }

    private static String asked(DefaultMQProducer producer, String topic, String question) throws Exception {
        return new String(
                producer.request(message(topic, question), ANSWER_MS_MAX).getBody(), UTF_8);
    }

    private void answerWith(String topic, String prefix) throws Exception {
        DefaultMQProducer answering = mq.producer();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(question -> answer(answering, question, prefix));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        mq.start(consumer);
    }

    private static void answer(DefaultMQProducer answering, MessageExt question, String prefix) {
        byte[] body = (prefix + new String(question.getBody(), UTF_8)).getBytes(UTF_8);
        try {
            answering.send(MessageUtil.createReplyMessage(question, body));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
