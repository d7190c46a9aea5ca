package io.ternmq.remoting.lease;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.lease.QueueRef;
import io.ternmq.broker.member.Subscription;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.assignment.RequestModes;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import io.ternmq.remoting.pull.PullReader;
import io.ternmq.remoting.pull.RecentSubscriptions;

/** Hands messages out by lease: checks who asks for what, and leaves the rest to a {@link PopJob}. */
public final class PopHandler implements RequestHandler {
    private final BrokerAccess access;
    private final ConsumerGate gate;
    private final RequestModes modes;
    private final PullReader reader;
    private final RecentSubscriptions subscriptions = new RecentSubscriptions();

    /** @param access the shard that has the messages */
    public PopHandler(BrokerAccess access) {
        this.access = access;
        this.gate = new ConsumerGate(access);
        this.modes = new RequestModes(access);
        this.reader = new PullReader(access);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String laneProblem = LaneFields.problem(request);
        if (laneProblem != null) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, laneProblem);
            return;
        }
        PopRequest pop =
                PopRequest.read(request, exchange.connection(), access.shard().timeMs());
        String problem = LeaseLimits.problem(pop.invisibleMs(), LeaseLimits.INVISIBLE_MS_MIN);
        if (problem != null) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, problem);
            return;
        }
        if (gate.lease(exchange, new QueueRef(pop.group(), pop.topic(), pop.queueId())) != null) {
            popFiltered(exchange, pop);
        }
    }

    private void popFiltered(Exchange exchange, PopRequest pop) {
        Subscription subscription = subscriptions.get(pop.topic(), pop.expressionType(), pop.expression());
        String filterProblem = subscription.problem();
        if (filterProblem == null) {
            GroupConfig known = access.catalog().group(pop.group());
            GroupConfig group = known == null ? GroupConfig.of(pop.group()) : known;
            PopJob.Rules rules = new PopJob.Rules(
                    subscription,
                    !modes.pullsRetries(pop.group()),
                    group.retryMax(),
                    access.throttles().gate(group, exchange.connection().throttles()));
            new PopJob(reader, exchange, pop, rules).start();
        } else {
            exchange.answer(ResponseCode.SUBSCRIPTION_PARSE_FAILED, filterProblem);
        }
    }
}
