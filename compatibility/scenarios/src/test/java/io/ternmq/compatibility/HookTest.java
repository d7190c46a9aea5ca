package io.ternmq.compatibility;

import static io.ternmq.compatibility.RocketMqClients.newGroup;
import static io.ternmq.compatibility.RocketMqClients.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.hook.ConsumeMessageContext;
import org.apache.rocketmq.client.hook.ConsumeMessageHook;
import org.apache.rocketmq.client.hook.SendMessageContext;
import org.apache.rocketmq.client.hook.SendMessageHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@SuppressWarnings("deprecation") // what the clients deprecate is what their users still call
class HookTest {
    @RegisterExtension
    final RocketMqClients mq = new RocketMqClients();

    @Test
    void hooksAroundSendingAndConsumingAreCalled() throws Exception {
        String topic = mq.topic(1);
        var sends = new CountingSendHook();
        var consumptions = new CountingConsumeHook();
        var collected = new Collected();
        var consumer = mq.newPushConsumer(newGroup(), topic);
        consumer.registerMessageListener(collected);
        consumer.getDefaultMQPushConsumerImpl().registerConsumeMessageHook(consumptions);
        mq.start(consumer);
        var producer = mq.newProducer();
        producer.getDefaultMQProducerImpl().registerSendMessageHook(sends);
        send(mq.start(producer), topic, "m", 3);
        collected.awaitCount(3);
        assertThat(sends.answered).hasValue(3);
        Waiting.soon().untilAtomic(consumptions.succeeded, org.hamcrest.Matchers.is(3));
    }

    private static final class CountingSendHook implements SendMessageHook {
        final AtomicInteger answered = new AtomicInteger();

        @Override
        public String hookName() {
            return "counting";
        }

        @Override
        public void sendMessageBefore(SendMessageContext context) {}

        @Override
        public void sendMessageAfter(SendMessageContext context) {
            if (context.getSendResult() != null) {
                answered.incrementAndGet();
            }
        }
    }

    private static final class CountingConsumeHook implements ConsumeMessageHook {
        final AtomicInteger succeeded = new AtomicInteger();

        @Override
        public String hookName() {
            return "counting";
        }

        @Override
        public void consumeMessageBefore(ConsumeMessageContext context) {}

        @Override
        public void consumeMessageAfter(ConsumeMessageContext context) {
            if (context.isSuccess()) {
                succeeded.addAndGet(context.getMsgList().size());
            }
        }
    }
}
