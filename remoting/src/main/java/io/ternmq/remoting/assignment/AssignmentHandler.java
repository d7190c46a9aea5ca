package io.ternmq.remoting.assignment;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.lease.LeaseWait;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.AssignmentBody;
import io.ternmq.remoting.body.QueueName;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;
import java.util.stream.IntStream;

/** Tells consumers which queues they get, where they do not share them out among themselves. */
public final class AssignmentHandler implements RequestHandler {
    private final BrokerAccess access;
    private final RequestModes modes;

    /** @param access the topics, and who is there */
    public AssignmentHandler(BrokerAccess access) {
        this.access = access;
        this.modes = new RequestModes(access);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        AssignmentBody asked = AssignmentBody.parse(request.body());
        Topic topic = access.catalog().topic(asked.topic());
        ConsumerGroupView group = access.membership().consumers(asked.group());
        if (topic == null) {
            exchange.succeed(AssignmentBody.noAnswer());
        } else if (asked.isBroadcasting()) {
            answer(exchange, asked, all(topic), RequestMode.BY_OFFSET);
        } else if (group == null) {
            exchange.succeed(AssignmentBody.noAnswer()); // it asks again after its heartbeat
        } else if (Names.isRetryTopic(topic.name()) && !modes.pullsRetries(group.name())) {
            answer(exchange, asked, List.of(), RequestMode.BY_OFFSET);
        } else {
            share(exchange, asked, topic, group);
        }
    }

    private void share(Exchange exchange, AssignmentBody asked, Topic topic, ConsumerGroupView group) {
        RequestMode mode = modes.of(asked.topic(), asked.group());
        List<String> members = group.members().stream()
                .map(Member::clientId)
                .distinct()
                .sorted()
                .toList();
        if (mode.byLease() && (mode.sharedCount() == 0 || mode.sharedCount() >= members.size() - 1)) {
            answer(exchange, asked, List.of(LeaseWait.ANY_QUEUE), mode);
            return;
        }
        Sharing sharing = Sharing.of(asked.strategy());
        if (sharing == null) {
            exchange.answer(
                    ResponseCode.INVALID_PARAMETER,
                    "strategyName: '" + asked.strategy() + "' (expected: AVG or AVG_BY_CIRCLE)");
            return;
        }
        int member = members.indexOf(asked.clientId());
        int queueCount = access.readableQueues(topic);
        if (member < 0) {
            answer(exchange, asked, List.of(), mode);
        } else if (mode.byLease()) {
            answer(
                    exchange,
                    asked,
                    sharing.shareWithFollowing(mode.sharedCount(), member, members.size(), queueCount),
                    mode);
        } else {
            answer(exchange, asked, sharing.share(member, members.size(), queueCount), mode);
        }
    }

    private List<Integer> all(Topic topic) {
        return IntStream.range(0, access.readableQueues(topic)).boxed().toList();
    }

    private void answer(Exchange exchange, AssignmentBody asked, List<Integer> queueIds, RequestMode mode) {
        String brokerName = access.identity().brokerName();
        List<QueueName> queues = queueIds.stream()
                .map(queueId -> new QueueName(asked.topic(), brokerName, queueId))
                .toList();
        exchange.succeed(AssignmentBody.answer(queues, mode.word()));
    }
}
