package io.ternmq.client.lease;

import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Which brokers are TernMQ's, and so can do what is its own. Thread-safe. */
public final class KnownServers {

    private static final String PRODUCT = "TernMQ";

    private final Map<HostPort, Boolean> areTern = new ConcurrentHashMap<>();
    private final long timeoutMs;

    /**
     * Knows none yet.
     *
     * @param timeoutMs for an answer
     */
    public KnownServers(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** Asks once. */
    CompletableFuture<Boolean> isTern(Connection connection) {
        Boolean known = areTern.get(connection.address());
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        return new Call(RequestCode.GET_BROKER_RUNTIME_INFO, "ask " + connection.address() + " what it is", timeoutMs)
                .expect(connection, answer -> {
                    String product =
                            JsonObject.read(answer.body()).object("table").text("product", "");
                    boolean isTern = product.equals(PRODUCT);
                    areTern.put(connection.address(), isTern);
                    return isTern;
                });
    }
}
