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
        if (subscription == null || subscription.isByTag()) {
            exchange.succeed();
        } else {
            exchange.answer(
                    ResponseCode.SYSTEM_ERROR,
                    "subscription type " + subscription.expressionType() + " (expected: " + Subscription.TYPE_TAG
                            + ")");
        }
    }
}
