package io.ternmq.remoting.route;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.BrokerIdentity;
import io.ternmq.remoting.body.BrokerRow;
import io.ternmq.remoting.body.ClusterBody;
import io.ternmq.remoting.body.NameListBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;
import java.util.stream.Stream;

/** Lists topics and brokers. */
public final class TopicListHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the topics */
    public TopicListHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        BrokerIdentity identity = access.identity();
        switch (request.code()) {
            case RequestCode.GET_BROKER_CLUSTER_INFO ->
                exchange.succeed(new ClusterBody(
                        List.of(new BrokerRow(identity.clusterName(), identity.brokerName(), identity.address()))));
            case RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER -> succeed(exchange, topics());
            case RequestCode.GET_TOPICS_BY_CLUSTER ->
                succeed(
                        exchange,
                        request.getRequired("cluster").equals(identity.clusterName()) ? topics() : Stream.empty());
            case RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS ->
                exchange.succeed(NameListBody.topics(
                        List.of(identity.clusterName(), identity.brokerName()), identity.address()));
            case RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER ->
                succeed(exchange, topics().filter(Names::isSystemTopic));
            default -> succeed(exchange, Stream.empty());
        }
    }

    private Stream<String> topics() {
        return access.catalog().topics().stream().map(Topic::name);
    }

    private static void succeed(Exchange exchange, Stream<String> topics) {
        exchange.succeed(NameListBody.topics(topics.toList(), null));
    }
}
