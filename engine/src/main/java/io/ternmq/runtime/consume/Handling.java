package io.ternmq.runtime.consume;

import io.ternmq.BatchHandler;
import io.ternmq.ConsumeInterceptor;
import io.ternmq.ReceivedMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Inheritance;
import io.ternmq.runtime.message.Received;
import java.util.ArrayList;
import java.util.List;

/** Calls handlers: interceptors around them, and what they send inherits from what they handle. Thread-safe. */
final class Handling {

    private final String group;
    private final List<ConsumeInterceptor> interceptors;
    private final Inheritance inheritance;
    private final Converters converters;

    Handling(String group, List<ConsumeInterceptor> interceptors, Inheritance inheritance, Converters converters) {
        this.group = group;
        this.interceptors = interceptors;
        this.inheritance = inheritance;
        this.converters = converters;
    }

    /** @throws Exception what the handler, or an interceptor, throws */
    void handle(BatchHandler handler, List<StoredMessage> stored) throws Exception {
        List<ReceivedMessage> messages = new ArrayList<>(stored.size());
        for (StoredMessage each : stored) {
            messages.add(new Received(each, converters));
        }
        inheritance.begin(messages);
        try {
            proceed(0, handler, messages);
        } finally {
            inheritance.end();
        }
    }

    private void proceed(int next, BatchHandler handler, List<ReceivedMessage> messages) throws Exception {
        if (next == interceptors.size()) {
            handler.handle(messages);
        } else {
            interceptors.get(next).around(group, messages, () -> proceed(next + 1, handler, messages));
        }
    }
}
