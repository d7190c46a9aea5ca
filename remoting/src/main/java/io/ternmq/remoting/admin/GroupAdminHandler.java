package io.ternmq.remoting.admin;

import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.catalog.TopicTemplate;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.GroupRow;
import io.ternmq.remoting.body.GroupTableBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Makes, changes, shows and deletes consumer groups. */
public final class GroupAdminHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that has the groups */
    public GroupAdminHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        switch (request.code()) {
            case RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP ->
                put(exchange, List.of(GroupRow.parse(request.body())).iterator());
            case RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST ->
                put(exchange, GroupRow.parseList(request.body()).iterator());
            case RequestCode.DELETE_SUBSCRIPTIONGROUP -> delete(exchange, request);
            case RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG -> show(exchange, request.getRequired("group"));
            default ->
                exchange.succeed(new GroupTableBody(access.catalog().groups().stream()
                        .map(GroupAdminHandler::row)
                        .sorted(Comparator.comparing(GroupRow::name))
                        .toList()));
        }
    }

    /** One after the other: the first that is refused is the answer. */
    private void put(Exchange exchange, Iterator<GroupRow> rows) {
        if (!rows.hasNext()) {
            exchange.succeed();
            return;
        }
        try {
            access.submit(
                    exchange,
                    StateCommands.putGroup(
                            config(rows.next()), new Later<>(exchange, made -> putRetryTopic(exchange, made, rows))));
        } catch (IllegalArgumentException e) {
            exchange.answer(ResponseCode.INVALID_PARAMETER, e.getMessage());
        }
    }

    /** With its retry topic a group can be shown and set back before its first consumer comes. */
    private void putRetryTopic(Exchange exchange, GroupConfig group, Iterator<GroupRow> rows) {
        access.submit(
                exchange,
                StateCommands.putTopicIfAbsent(
                        TopicTemplate.retryTopic(group), new Later<>(exchange, made -> put(exchange, rows))));
    }

    private void delete(Exchange exchange, RemotingFrame request) {
        boolean withProgress = request.getBoolean("cleanOffset", request.getBoolean("removeOffset", false));
        access.submit(
                exchange,
                StateCommands.deleteGroup(
                        request.getRequired("groupName"),
                        withProgress,
                        new Later<>(exchange, existed -> exchange.succeed())));
    }

    private void show(Exchange exchange, String name) {
        GroupConfig group = access.catalog().group(name);
        if (group == null) {
            exchange.answer(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST, "the group '" + name + "' does not exist");
        } else {
            exchange.succeed(row(group));
        }
    }

    private GroupConfig config(GroupRow row) {
        GroupConfig known = access.catalog().group(row.name());
        Map<String, String> attributes = known == null ? Map.of() : known.attributes();
        RetryPolicy retryPolicy = known == null ? RetryPolicy.CLASSIC : known.retryPolicy();
        return new GroupConfig(
                row.name(),
                row.consumeEnabled(),
                row.broadcastEnabled(),
                row.ordered(),
                row.retryQueues(),
                row.retryMax(),
                row.notifyMembers(),
                Attributes.change(attributes, row.attributes()),
                row.retryPolicy() == null ? retryPolicy : row.retryPolicy());
    }

    private static GroupRow row(GroupConfig group) {
        return new GroupRow(
                group.name(),
                group.consumeEnabled(),
                group.broadcastEnabled(),
                group.ordered(),
                group.retryQueues(),
                group.retryMax(),
                group.notifyMembers(),
                group.attributes(),
                group.retryPolicy());
    }
}
