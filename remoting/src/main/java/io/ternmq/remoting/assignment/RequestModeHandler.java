package io.ternmq.remoting.assignment;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.broker.member.ConsumerGroupView;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.ConsumerGate;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.RequestModeBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Notes how the members of a group get a topic's messages, and has those that are there ask again. */
public final class RequestModeHandler implements RequestHandler {
    private final BrokerAccess access;
    private final ConsumerGate gate;

    /** @param access the shard that keeps it */
    public RequestModeHandler(BrokerAccess access) {
        this.access = access;
        this.gate = new ConsumerGate(access);
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        RequestModeBody asked = RequestModeBody.parse(request.body());
        boolean byLease = asked.mode().equals(RequestMode.POP);
        if (Names.isRetryTopic(asked.topic())) {
            exchange.answer(ResponseCode.NO_PERMISSION, "topic: " + asked.topic() + " (expected: no retry topic)");
        } else if (access.catalog().topic(asked.topic()) == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + asked.topic() + "' does not exist");
        } else if (gate.find(asked.group()) == null) {
            exchange.answer(
                    ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + asked.group() + "' does not exist");
        } else if (!byLease && !asked.mode().equals(RequestMode.PULL)) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, "mode: '" + asked.mode() + "' (expected: PULL or POP)");
        } else if (asked.sharedCount() < 0) {
            exchange.answer(
                    ResponseCode.INVALID_PARAMETER,
                    "popShareQueueNum: " + asked.sharedCount() + " (expected: 0 or more)");
        } else {
            put(exchange, asked, new RequestMode(byLease, asked.sharedCount()));
        }
    }

    private void put(Exchange exchange, RequestModeBody asked, RequestMode mode) {
        Later<String> answer = new Later<>(exchange, value -> {
            exchange.succeed();
            tellMembers(asked.group());
        });
        access.submit(
                exchange,
                StateCommands.putSetting(RequestMode.key(asked.topic(), asked.group()), mode.encode(), answer));
    }

    private void tellMembers(String group) {
        ConsumerGroupView members = access.membership().consumers(group);
        if (members != null) {
            members.members().forEach(member -> member.connection().membersChanged(group));
        }
    }
}
