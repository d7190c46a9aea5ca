package io.ternmq.remoting.route;

import io.ternmq.broker.catalog.SettingKey;
import io.ternmq.broker.command.StateCommands;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import io.ternmq.remoting.access.BrokerAccess;
import io.ternmq.remoting.access.Later;
import io.ternmq.remoting.body.KeyValueBody;
import io.ternmq.remoting.connection.Exchange;
import io.ternmq.remoting.connection.RequestHandler;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the key-value settings of clients. */
public final class SettingHandler implements RequestHandler {
    private final BrokerAccess access;

    /** @param access the shard that keeps them */
    public SettingHandler(BrokerAccess access) {
        this.access = access;
    }

    @Override
    public void handle(Exchange exchange, RemotingFrame request) {
        String namespace = request.getRequired("namespace");
        if (request.code() == RequestCode.GET_KVLIST_BY_NAMESPACE) {
            list(exchange, namespace);
            return;
        }
        SettingKey key = new SettingKey(namespace, request.getRequired("key"));
        switch (request.code()) {
            case RequestCode.PUT_KV_CONFIG ->
                access.submit(
                        exchange,
                        StateCommands.putSetting(
                                key, request.getRequired("value"), new Later<>(exchange, value -> exchange.succeed())));
            case RequestCode.DELETE_KV_CONFIG ->
                access.submit(
                        exchange,
                        StateCommands.deleteSetting(key, new Later<>(exchange, existed -> exchange.succeed())));
            default -> get(exchange, key);
        }
    }

    private void get(Exchange exchange, SettingKey key) {
        String value = access.catalog().setting(key);
        if (value == null) {
            exchange.answer(ResponseCode.QUERY_NOT_FOUND, "no value for '" + key.key() + "' in " + key.namespace());
        } else {
            exchange.begin(ResponseCode.SUCCESS, null).field("value", value);
            exchange.end();
        }
    }

    private void list(Exchange exchange, String namespace) {
        Map<String, String> found = new TreeMap<>();
        access.catalog().settings().forEach((key, value) -> {
            if (key.namespace().equals(namespace)) {
                found.put(key.key(), value);
            }
        });
        if (found.isEmpty()) {
            exchange.answer(ResponseCode.QUERY_NOT_FOUND, "no values in the namespace '" + namespace + "'");
        } else {
            exchange.succeed(new KeyValueBody(found));
        }
    }
}
