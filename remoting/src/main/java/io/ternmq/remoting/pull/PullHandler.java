package io.ternmq.remoting.pull;

import io.ternmq.broker.access.Ignored;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.claim.QueueClaim;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.broker.traffic.Gate;
import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import org.jspecify.annotations.Nullable;

/** Gives messages to consumers: checks who asks for what, and leaves the rest to a {@link PullJob}. */
public final class PullHandler implements RequestHandler {
    private final BrokerAccess access;
    private final NameCache names;
    private final ConsumerGate gate;
    private final PullReader reader;
    private final PullSubscriptions subscriptions;

    /**
     * @param access the shard that has the messages
     * @param names may be shared
     */
    public PullHandler(BrokerAccess access, NameCache names) {
        this.access = access;
        this.names = names;
        this.gate = new ConsumerGate(access);
        this.reader = new PullReader(access);
        this.subscriptions = new PullSubscriptions(access.membership());
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        PullRequest pull = PullRequest.read(request, names);
        GroupConfig group = gate.group(exchange, pull.consumerGroup());
        if (group == null) {
            return;
        }
        Topic topic = gate.topic(exchange, pull.topic());
        if (topic == null) {
            return;
        }
        if (!topic.hasQueue(pull.queueId())) {
            ConsumerGate.refuseQueue(exchange, topic, pull.queueId());
            return;
        }
        int queueNo = topic.queueNo(pull.queueId());
        Gate rates = access.throttles().gate(group, exchange.connection().throttles());
        subscriptions.find(exchange, pull, subscription -> {
            QueueClaim claim = access.broker()
                    .turns()
                    .claim(pull.consumerGroup(), pull.topic(), pull.queueId(), exchange.connection());
            commit(pull, claim);
            new PullJob(reader, exchange, pull, new PullTerms(queueNo, subscription, rates, claim)).start();
        });
    }

    private void commit(PullRequest pull, @Nullable QueueClaim claim) {
        if (pull.commits()) {
            CommittedOffset offset =
                    new CommittedOffset(pull.consumerGroup(), pull.topic(), pull.queueId(), pull.commitOffset());
            access.submitQuietly(access.broker().turns().commit(offset, claim, new Ignored<>()));
        }
    }
}
