package io.ternmq.remoting.client;

import io.ternmq.broker.member.Subscription;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.body.ClientCheckBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Tells a consumer before it starts whether its subscription is understood. */
public final class ClientCheckHandler implements RequestHandler {
    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        Subscription subscription = ClientCheckBody.parse(request.body()).subscription();
        String problem = subscription == null ? null : subscription.problem();
        if (problem == null) {
            exchange.succeed();
        } else {
            exchange.answer(ResponseCode.SUBSCRIPTION_PARSE_FAILED, problem);
        }
    }
}
