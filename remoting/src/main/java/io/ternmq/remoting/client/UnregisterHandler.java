package io.ternmq.remoting.client;

import io.ternmq.broker.access.Ignored;
import io.ternmq.broker.lease.LaneMember;
import io.ternmq.broker.member.Membership;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import io.ternmq.remoting.lease.LaneFields;

/** Notes that a client leaves its groups, or a lane of one for a topic where it names a lane. */
public final class UnregisterHandler implements RequestHandler {
    private final BrokerAccess access;
    private final Membership membership;

    /** @param access who is there, and the shard, which knows the lanes */
    public UnregisterHandler(BrokerAccess access) {
        this.access = access;
        this.membership = access.membership();
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String laneProblem = LaneFields.problem(request);
        if (laneProblem != null) {
            exchange.answer(ResponseCode.MESSAGE_ILLEGAL, laneProblem);
            return;
        }
        String producerGroup = request.get("producerGroup");
        if (producerGroup != null) {
            membership.leaveProducers(exchange.connection(), producerGroup);
        }
        String consumerGroup = request.get("consumerGroup");
        LaneMember lane = LaneFields.member(request, exchange.connection());
        if (consumerGroup != null && !lane.isBase()) {
            leaveLane(consumerGroup, request.getRequired("topic"), lane);
        } else if (consumerGroup != null) {
            membership.leaveConsumers(exchange.connection(), consumerGroup);
            leaveLanes(exchange, consumerGroup);
        }
        exchange.succeed();
    }

    /** The client has others in the group, and stays its member. */
    private void leaveLane(String group, String topic, LaneMember lane) {
        access.submitQuietly(access.shard().leases().leaveLane(group, topic, lane, new Ignored<>()));
    }

    /** Where the shard is busy, they end by themselves a little later. */
    private void leaveLanes(Exchange exchange, String group) {
        access.submitQuietly(
                access.shard().leases().leave(group, exchange.connection().remoteAddress(), new Ignored<>()));
    }
}
