package io.ternmq.remoting.lease;

import io.ternmq.broker.lease.ChangedLease;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Gives a lease another deadline: to go on working, or to get the message again by then. */
public final class InvisibilityHandler implements RequestHandler {
    /** At once, or nearly so. */
    private static final long INVISIBLE_MS_MIN = 1;

    private final BrokerAccess access;

    /** @param access the shard that has the leases */
    public InvisibilityHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        long invisibleMs = request.getLong("invisibleTime");
        String problem = LeaseLimits.problem(invisibleMs, INVISIBLE_MS_MIN);
        if (problem != null) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, problem);
            return;
        }
        LeaseNamed named = LeaseNamed.read(request, access, exchange);
        if (named != null) {
            access.submit(
                    exchange,
                    access.shard()
                            .leases()
                            .change(
                                    named.lease(),
                                    invisibleMs,
                                    new Later<>(exchange, changed -> answer(exchange, named, invisibleMs, changed))));
        }
    }

    private static void answer(Exchange exchange, LeaseNamed named, long invisibleMs, ChangedLease changed) {
        if (changed.answer() != LeaseAnswer.DONE) {
            LeaseEndHandler.answer(exchange, changed.answer());
        } else if (changed.popTimeMs() == 0) {
            exchange.answer(ResponseCode.NO_MESSAGE, "the message was acknowledged already");
        } else {
            exchange.begin(ResponseCode.SUCCESS, null)
                    .field("popTime", changed.popTimeMs())
                    .field("invisibleTime", invisibleMs)
                    .field("reviveQid", named.handle().reviveQueueId());
            exchange.end();
        }
    }
}
