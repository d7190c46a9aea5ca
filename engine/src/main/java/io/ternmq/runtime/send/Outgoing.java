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

    /**
     * Makes one ready. When an interceptor or a converter throws, those interceptors that had seen the message are told.
     *
     * @param message as the application gave it
     * @param plan    how it is sent
     * @return as it is sent
     */
    public OutgoingMessage of(Message message, SendPlan plan) {
        Message ready = inheritance.inherited(message);
        if (plan.lane().isPresent() && ready.lane().isEmpty()) {
            ready = ready.lane(plan.lane().get());
        }
        int seen = 0;
        try {
            for (SendInterceptor interceptor : plan.interceptors()) {
                ready = interceptor.beforeSend(ready);
                seen++;
            }
            return new OutgoingMessage(ids.next(), ready, converters.write(ready.body()));
        } catch (RuntimeException e) { // an interceptor's, or a converter's
            new SendTelling(plan.interceptors().subList(0, seen)).tell(ready, null, e);
            throw e;
        }
    }
}
