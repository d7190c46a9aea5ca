package io.ternmq.compatibility;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.rocketmq.client.apis.consumer.ConsumeResult;
import org.apache.rocketmq.client.apis.consumer.MessageListener;
import org.apache.rocketmq.client.apis.message.MessageView;

/** Collects what a push consumer is given. */
final class Received implements MessageListener {
    private final List<MessageView> messages = new CopyOnWriteArrayList<>();
    private final Function<MessageView, ConsumeResult> verdict;

    Received() {
        this(message -> ConsumeResult.SUCCESS);
    }

    Received(Function<MessageView, ConsumeResult> verdict) {
        this.verdict = verdict;
    }

    @Override
    public ConsumeResult consume(MessageView message) {
        messages.add(message);
        return verdict.apply(message);
    }

    List<MessageView> messages() {
        return messages;
    }

    List<String> bodies() {
        return messages.stream().map(Received::body).toList();
    }

    void await(int count) {
        Waiting.soon().until(() -> messages.size() >= count);
    }

    static String body(MessageView message) {
        ByteBuffer body = message.getBody().duplicate();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
