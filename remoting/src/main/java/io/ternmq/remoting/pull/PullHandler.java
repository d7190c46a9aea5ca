package io.ternmq.remoting.pull;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.record.CommittedOffset;
import io.ternmq.protocol.remoting.NameCache;
import io.ternmq.protocol.remoting.PullRequest;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Ignored;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import org.jspecify.annotations.Nullable;

/** Gives messages to consumers: checks who asks for what, and leaves the rest to a {@link PullJob}. */
public final class PullHandler implements RequestHandler {
    private final BrokerAccess access;
    private final NameCache names;
    private final PullReader reader;
    private final PullSubscriptions subscriptions;

    /**
     * @param access the shard that has the messages
     * @param names may be shared
     */
    public PullHandler(BrokerAccess access, NameCache names) {
        this.access = access;
        this.names = names;
        this.reader = new PullReader(access);
        this.subscriptions = new PullSubscriptions(access.membership());
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        PullRequest pull = PullRequest.read(request, names);
        GroupConfig group = group(pull.consumerGroup());
        if (group == null) {
            exchange.answer(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST,
                    "the group '" + pull.consumerGroup() + "' does not exist");
        } else if (!group.consumeEnabled()) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the group '" + group.name() + "' may not consume");
        } else if (!group.broadcastEnabled() && isBroadcasting(group.name())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the group '" + group.name() + "' may not broadcast");
        } else {
            pullFrom(access.catalog().topic(pull.topic()), exchange, pull);
        }
    }

    private void pullFrom(@Nullable Topic topic, Exchange exchange, PullRequest pull) {
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + pull.topic() + "' does not exist");
        } else if (!Permission.isReadable(topic.config().permission())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "the topic '" + pull.topic() + "' is not readable");
        } else if (!topic.hasQueue(pull.queueId())) {
            exchange.answer(
                    ResponseCode.INVALID_PARAMETER,
                    "queueId: " + pull.queueId() + " (expected: 0.." + (topic.queueCount() - 1) + " of '" + pull.topic()
                            + "')");
        } else {
            int queueNo = topic.queueNo(pull.queueId());
            subscriptions.find(exchange, pull, subscription -> {
                commit(pull);
                new PullJob(reader, exchange, pull, queueNo, subscription).start();
            });
        }
    }

    private void commit(PullRequest pull) {
        if (pull.commits()) {
            CommittedOffset offset =
                    new CommittedOffset(pull.consumerGroup(), pull.topic(), pull.queueId(), pull.commitOffset());
            access.submitQuietly(StateCommands.commitOffset(offset, new Ignored<>()));
        }
    }

    private @Nullable GroupConfig group(String name) {
        GroupConfig known = access.catalog().group(name);
        if (known != null || !access.creation().groups()) {
            return known;
        }
        try {
            GroupConfig made = GroupConfig.of(name);
            access.submitQuietly(StateCommands.putGroupIfAbsent(made, new Ignored<>()));
            return made;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean isBroadcasting(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        return members != null && members.kind().sharing() == ConsumerKind.Sharing.BROADCASTING;
    }
}
