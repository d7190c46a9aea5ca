package io.ternmq.remoting.client;

import io.ternmq.broker.access.GroupFounder;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.member.ConsumerJoin;
import io.ternmq.broker.member.ConsumerKind;
import io.ternmq.broker.member.Member;
import io.ternmq.protocol.remoting.LanguageCode;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.body.HeartbeatBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;

/** Notes that a client is there. Groups that nobody knew come into being first, each with its retry topic. */
public final class HeartbeatHandler implements RequestHandler {
    private final BrokerAccess access;
    private final GroupFounder founder;

    /** @param access the members and the shard */
    public HeartbeatHandler(BrokerAccess access) {
        this.access = access;
        this.founder = new GroupFounder(access.shard(), access.creation());
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        HeartbeatBody heartbeat = HeartbeatBody.parse(request.body());
        Member member = new Member(
                heartbeat.clientId(), LanguageCode.name(request.language()), request.version(), exchange.connection());
        founder.found(
                exchange.replies(),
                heartbeat.consumers().stream()
                        .map(HeartbeatBody.Consumer::group)
                        .toList(),
                () -> join(exchange, heartbeat, member));
    }

    private void join(Exchange exchange, HeartbeatBody heartbeat, Member member) {
        boolean wantsSubscriptions = heartbeat.fingerprint() == 0;
        if (exchange.connection().isOpen()) {
            for (HeartbeatBody.Consumer consumer : heartbeat.consumers()) {
                wantsSubscriptions |= joinConsumers(heartbeat, consumer, member);
            }
            for (String group : heartbeat.producerGroups()) {
                access.membership().joinProducers(member, group);
            }
        }
        exchange.begin(ResponseCode.SUCCESS, null)
                .field("IS_SUPPORT_HEART_BEAT_V2", true)
                .field("IS_SUB_CHANGE", wantsSubscriptions);
        exchange.end();
    }

    private boolean joinConsumers(HeartbeatBody heartbeat, HeartbeatBody.Consumer consumer, Member member) {
        GroupConfig group = access.catalog().group(consumer.group());
        if (group == null) {
            return false;
        }
        ConsumerJoin join = new ConsumerJoin(
                consumer.group(),
                consumer.kind(),
                consumer.subscriptions(),
                heartbeat.abridged(),
                heartbeat.fingerprint(),
                group.notifyMembers() && consumer.kind().sharing() == ConsumerKind.Sharing.CLUSTERING);
        return access.membership().joinConsumers(member, join).wantsSubscriptions();
    }
}
