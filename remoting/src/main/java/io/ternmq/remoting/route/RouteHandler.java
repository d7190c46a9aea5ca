package io.ternmq.remoting.route;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Permission;
import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.BrokerIdentity;
import io.ternmq.remoting.body.BrokerRow;
import io.ternmq.remoting.body.RouteBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where the queues of a topic are. */
public final class RouteHandler implements RequestHandler {
    /** Under this name clients keep the order in which they want to use the queues of a topic. */
    private static final String ORDER_NAMESPACE = "ORDER_TOPIC_CONFIG";

    /** Not more than a topic has that comes into being because somebody sends to it. */
    private static final int NAMESAKE_QUEUES = 1;

    private static final String REPLY_TOPIC_SUFFIX = "_REPLY_TOPIC";

    private final BrokerAccess access;

    /** @param access the shard that has the topics */
    public RouteHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String topic = request.getRequired("topic");
        RouteBody.QueueRow row = row(topic);
        if (row == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "no route for the topic '" + topic + "'");
            return;
        }
        BrokerIdentity identity = access.identity();
        BrokerRow broker = new BrokerRow(identity.clusterName(), identity.brokerName(), identity.address());
        String order = access.catalog().setting(new SettingKey(ORDER_NAMESPACE, topic));
        exchange.succeed(new RouteBody(List.of(row), List.of(broker), order));
    }

    private RouteBody.@Nullable QueueRow row(String name) {
        Topic topic = access.catalog().topic(name);
        String broker = access.identity().brokerName();
        if (topic == null) {
            if (isNamesake(name)) {
                return new RouteBody.QueueRow(broker, NAMESAKE_QUEUES, NAMESAKE_QUEUES, Permission.ALL);
            }
            return isForReplies(name) ? new RouteBody.QueueRow(broker, 1, 1, Permission.ALL) : null;
        }
        if (name.equals(Names.TEMPLATE_TOPIC) && !access.creation().topics()) {
            return null;
        }
        return new RouteBody.QueueRow(
                broker,
                access.readableQueues(topic),
                topic.config().writeQueues(),
                offered(topic.config().permission()));
    }

    private int offered(int permission) {
        return access.writes().isOpen() ? permission : permission & ~Permission.WRITE;
    }

    /** Replies go to who asked and are not stored: nobody has to make their topic. */
    private boolean isForReplies(String name) {
        return name.equals(access.identity().clusterName() + REPLY_TOPIC_SUFFIX);
    }

    /** Clients that make topics find the brokers to make them at by the route of the cluster's or a broker's name. */
    private boolean isNamesake(String name) {
        return name.equals(access.identity().clusterName())
                || name.equals(access.identity().brokerName());
    }
}
