package io.ternmq.runtime.send;

import io.ternmq.Message;
import io.ternmq.SendInterceptor;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Inheritance;
import io.ternmq.runtime.message.MessageIds;

/** Makes messages ready to be sent: inherited marks, interceptors, body, id. */
public final class Outgoing {

    private final Inheritance inheritance;
    private final Converters converters;
    private final MessageIds ids;

    public Outgoing(Inheritance inheritance, Converters converters, MessageIds ids) {
        this.inheritance = inheritance;
        this.converters = converters;
        this.ids = ids;
    }

    public OutgoingMessage of(Message message, SendPlan plan) {
        Message ready = inheritance.inherited(message);
        if (plan.lane().isPresent() && ready.lane().isEmpty()) {
            ready = ready.lane(plan.lane().get());
        }
        for (SendInterceptor interceptor : plan.interceptors()) {
            ready = interceptor.beforeSend(ready);
        }
        return new OutgoingMessage(ids.next(), ready, converters.write(ready.body()));
    }
}
