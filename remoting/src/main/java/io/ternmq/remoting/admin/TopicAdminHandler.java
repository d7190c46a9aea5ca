package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.Topic;
import io.ternmq.broker.catalog.TopicConfig;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.TopicRow;
import io.ternmq.remoting.body.TopicTableBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Makes, changes, shows and deletes topics. */
public final class TopicAdminHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the topics */
    public TopicAdminHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        switch (request.code()) {
            case RequestCode.UPDATE_AND_CREATE_TOPIC ->
                put(exchange, List.of(row(request)).iterator());
            case RequestCode.UPDATE_AND_CREATE_TOPIC_LIST ->
                put(exchange, TopicRow.parseList(request.body()).iterator());
            case RequestCode.DELETE_TOPIC_IN_BROKER -> delete(exchange, request.getRequired("topic"));
            case RequestCode.GET_TOPIC_CONFIG -> show(exchange, request.getRequired("topic"));
            case RequestCode.GET_ALL_TOPIC_CONFIG ->
                exchange.succeed(new TopicTableBody(access.catalog().topics().stream()
                        .map(topic -> row(topic.config()))
                        .sorted(Comparator.comparing(TopicRow::name))
                        .toList()));
            default -> exchange.succeed();
        }
    }

    /** One after the other: the first that is refused is the answer. */
    private void put(Exchange exchange, Iterator<TopicRow> rows) {
        if (!rows.hasNext()) {
            exchange.succeed();
            return;
        }
        TopicRow row = rows.next();
        if (Names.isSystemTopic(row.name())) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, "the topic '" + row.name() + "' is the broker's own");
            return;
        }
        try {
            access.submit(
                    exchange, StateCommands.putTopic(config(row), new Later<>(exchange, made -> put(exchange, rows))));
        } catch (IllegalArgumentException e) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, e.getMessage());
        }
    }

    private void delete(Exchange exchange, String topic) {
        access.submit(exchange, StateCommands.deleteTopic(topic, new Later<>(exchange, existed -> exchange.succeed())));
    }

    private void show(Exchange exchange, String name) {
        Topic topic = access.catalog().topic(name);
        if (topic == null) {
            exchange.answer(ResponseCode.TOPIC_NOT_EXIST, "the topic '" + name + "' does not exist");
        } else {
            exchange.succeed(row(topic.config()));
        }
    }

    private TopicConfig config(TopicRow row) {
        Topic known = access.catalog().topic(row.name());
        Map<String, String> attributes =
                known == null ? Map.of() : known.config().attributes();
        return new TopicConfig(
                row.name(),
                row.readQueues(),
                row.writeQueues(),
                row.permission(),
                row.ordered(),
                Attributes.change(attributes, row.attributes()));
    }

    private static TopicRow row(RemotingFrame request) {
        return new TopicRow(
                request.getRequired("topic"),
                request.getInt("readQueueNums"),
                request.getInt("writeQueueNums"),
                request.getInt("perm"),
                request.getBoolean("order", false),
                Attributes.parse(request.get("attributes")));
    }

    private static TopicRow row(TopicConfig config) {
        return new TopicRow(
                config.name(),
                config.readQueues(),
                config.writeQueues(),
                config.permission(),
                config.ordered(),
                config.attributes());
    }
}
