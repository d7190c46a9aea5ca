package io.ternmq.remoting.admin;

import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.TimerMetricsBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Shows how many timed messages of each topic wait. */
public final class TimerMetricsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the timers */
    public TimerMetricsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        access.submit(
                exchange,
                StateCommands.countTimers(new Later<>(
                        exchange,
                        counts -> exchange.succeed(
                                new TimerMetricsBody(counts, access.clock().time())))));
    }
}
