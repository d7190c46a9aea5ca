package io.ternmq.client.lease;

import io.ternmq.UnavailableException;
import io.ternmq.client.json.JsonObject;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.protocol.remoting.HostPort;
import io.ternmq.protocol.remoting.RequestCode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Which brokers are TernMQ's, and so can do what is its own. Thread-safe. */
public final class KnownServers {

    private static final String PRODUCT = "TernMQ";

    private final Map<HostPort, CompletableFuture<Boolean>> areTern = new ConcurrentHashMap<>();
    private final long timeoutMs;

    /**
     * Knows none yet.
     *
     * @param timeoutMs for an answer
     */
    public KnownServers(long timeoutMs) {
        this.timeoutMs = timeoutMs;
    }

    /** Asks once, and again when that failed. */
    CompletableFuture<Boolean> isTern(Connection connection) {
        CompletableFuture<Boolean> known = areTern.get(connection.address());
        if (known != null && !known.isCompletedExceptionally()) {
            return known;
        }
        return areTern.compute(
                connection.address(),
                (address, now) -> now == null || now.isCompletedExceptionally() ? ask(connection) : now);
    }

    /** Whether it is TernMQ's as far as is known by now. The first call asks, for later ones; who refuses to say is not asked again. */
    boolean isKnownAsTern(Connection connection) {
        CompletableFuture<Boolean> known = areTern.get(connection.address());
        if (known == null) {
            known = isTern(connection);
        }
        try {
            return known.getNow(false);
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UnavailableException) {
                areTern.remove(connection.address(), known); // it was not there to be asked
            }
            return false;
        }
    }

    /** It does not do what was expected of it: it may be another one by now. */
    void forget(Connection connection) {
        areTern.remove(connection.address());
    }

    private CompletableFuture<Boolean> ask(Connection connection) {
        return new Call(RequestCode.GET_BROKER_RUNTIME_INFO, "ask " + connection.address() + " what it is", timeoutMs)
                .expect(connection, answer -> {
                    String product =
                            JsonObject.read(answer.body()).object("table").text("product", "");
                    return product.equals(PRODUCT);
                });
    }
}
