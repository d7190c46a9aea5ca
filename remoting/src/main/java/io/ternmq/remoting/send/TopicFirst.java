package io.ternmq.remoting.send;

import io.ternmq.broker.access.Completion;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.Outcome;
import io.ternmq.broker.command.Refusal;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Refusals;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import org.jspecify.annotations.Nullable;

/** A send that waits for its topic to be made, and then goes its way as if the topic had always been there. */
final class TopicFirst implements Outcome<Topic>, Completion {
    private final RequestHandler next;
    private final BrokerAccess access;
    private final Exchange exchange;
    private final RemotingFrame request;
    private @Nullable Refusal refusal;
    private String refusalDetail = "";

    TopicFirst(RequestHandler next, BrokerAccess access, Exchange exchange, RemotingFrame request) {
        this.next = next;
        this.access = access;
        this.exchange = exchange;
        this.request = request;
    }

    void make(TopicConfig config) {
        request.body().retain();
        if (!access.shard().submit(StateCommands.putTopicIfAbsent(config, this))) {
            request.release();
            exchange.answer(ResponseCode.SYSTEM_BUSY, "the server has too much to do, try again later");
        }
    }

    @Override
    public void committed(Topic topic) {
        exchange.replies().add(this);
    }

    @Override
    public void refused(Refusal reason, String detail) {
        refusal = reason;
        refusalDetail = detail;
        exchange.replies().add(this);
    }

    @Override
    public void failed() {
        exchange.fail();
    }

    @Override
    public void finish() {
        try {
            if (refusal == null) {
                next.handle(exchange, request);
            } else {
                exchange.answer(Refusals.code(refusal), refusalDetail);
            }
        } finally {
            request.release();
        }
    }
}
