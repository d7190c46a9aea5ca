package io.ternmq.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.message.MessageExt;

/** A listener that accepts whatever it is given and remembers it. */
final class Collected implements MessageListenerConcurrently {
    private final List<MessageExt> messages = new CopyOnWriteArrayList<>();

    @Override
    public ConsumeConcurrentlyStatus consumeMessage(List<MessageExt> delivered, ConsumeConcurrentlyContext context) {
        messages.addAll(delivered);
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    }

    List<MessageExt> messages() {
        return messages;
    }

    List<String> bodies() {
        return bodiesOf(messages);
    }

    int count() {
        return messages.size();
    }

    void awaitCount(int count) {
        Waiting.soon().until(() -> messages.size() >= count);
    }

    static List<String> bodiesOf(List<MessageExt> messages) {
        return messages.stream().map(Collected::bodyOf).toList();
    }

    static String bodyOf(MessageExt message) {
        return new String(message.getBody(), UTF_8);
    }
}
