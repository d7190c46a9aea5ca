package io.ternmq.client.admin;

import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RemotingFrame;
import io.ternmq.protocol.remoting.RequestCode;
import io.ternmq.protocol.remoting.ResponseCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All brokers that can be written, as the name servers know them. Thread-safe. */
public final class Brokers {

    private static final String WHAT = "list the brokers";
    /** RocketMQ numbers a broker that can be written 0, and its copies from 1. */
    private static final String MASTER = "0";

    private final NameServers nameServers;
    private final Connections connections;
    private final long timeoutMs;

    /**
     * Asks nothing yet.
     *
     * @param nameServers know them
     * @param connections the ways to them
     * @param timeoutMs   for an answer
     */
    public Brokers(NameServers nameServers, Connections connections, long timeoutMs) {
        this.nameServers = nameServers;
        this.connections = connections;
        this.timeoutMs = timeoutMs;
    }

    /**
     * Finds them.
     *
     * @return names and addresses; at least one
     */
    public CompletableFuture<Map<String, HostPort>> find() {
        return nameServers.ask(() -> new Call(RequestCode.GET_BROKER_CLUSTER_INFO, WHAT, timeoutMs), answer -> {
            if (answer.code() != ResponseCode.SUCCESS) {
                throw Failures.refused(WHAT, answer);
            }
            return masters(answer);
        });
    }

    private static Map<String, HostPort> masters(RemotingFrame answer) {
        JsonObject table = JsonObject.read(answer.body()).object("brokerAddrTable");
        Map<String, HostPort> masters = table.names().stream()
                .flatMap(name ->
                        HostPort.parse(table.object(name).object("brokerAddrs").text(MASTER, ""))
                                .map(address -> Map.entry(name, address))
                                .stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (masters.isEmpty()) {
            throw new UnavailableException("cannot " + WHAT + ": there is none");
        }
        return masters;
    }

    /**
     * Does something with each, all at a time.
     *
     * @param action what
     * @param <T>    what comes of it
     * @return completes when all are done; fails when one fails
     */
    public <T> CompletableFuture<List<T>> each(Function<Connection, CompletableFuture<T>> action) {
        return find().thenCompose(masters -> {
            List<CompletableFuture<T>> results =
                    masters.values().stream().map(connections::to).map(action).toList();
            return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                    .thenApply(
                            all -> results.stream().map(CompletableFuture::join).toList());
        });
    }
}
