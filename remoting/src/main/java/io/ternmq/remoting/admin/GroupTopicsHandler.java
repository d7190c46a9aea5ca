package io.ternmq.remoting.admin;

import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Subscription;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.NameListBody;
import io.ternmq.remoting.body.SubscriptionBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Set;
import java.util.TreeSet;

/** Shows which groups consume a topic, and which topics a group consumes. */
public final class GroupTopicsHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the members, and the shard that keeps the offsets */
    public GroupTopicsHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        switch (request.code()) {
            case RequestCode.QUERY_TOPIC_CONSUME_BY_WHO -> groups(exchange, request.getRequired("topic"));
            case RequestCode.QUERY_TOPICS_BY_CONSUMER -> topics(exchange, request.getRequired("group"));
            default -> subscription(exchange, request.getRequired("group"), request.getRequired("topic"));
        }
    }

    private void groups(Exchange exchange, String topic) {
        access.submit(
                exchange,
                StateCommands.readProgress(progress -> progress.groups(topic), new Later<>(exchange, withOffsets -> {
                    Set<String> groups = new TreeSet<>(withOffsets);
                    for (ConsumerGroupView group : access.membership().consumerGroups()) {
                        if (subscribes(group, topic)) {
                            groups.add(group.name());
                        }
                    }
                    exchange.succeed(NameListBody.groups(groups));
                })));
    }

    private void topics(Exchange exchange, String group) {
        access.submit(
                exchange,
                StateCommands.readProgress(
                        progress -> progress.topics(group),
                        new Later<>(
                                exchange,
                                topics -> exchange.succeed(NameListBody.topics(
                                        topics, access.identity().address())))));
    }

    private void subscription(Exchange exchange, String group, String topic) {
        Subscription subscription = access.membership().subscription(group, topic);
        exchange.succeed(new SubscriptionBody(group, topic, subscription));
    }

    private static boolean subscribes(ConsumerGroupView group, String topic) {
        return group.subscriptions().stream()
                .anyMatch(subscription -> subscription.topic().equals(topic));
    }
}
