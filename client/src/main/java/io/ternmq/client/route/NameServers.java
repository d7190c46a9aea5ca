package io.ternmq.client.route;

import io.ternmq.ClosedException;
import io.ternmq.UnavailableException;
import io.ternmq.client.wire.Call;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.protocol.remoting.HostPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The servers that know where topics are. When one does not answer the next one is asked, and kept. Thread-safe. */
public final class NameServers {

    private final Connections connections;
    private final List<HostPort> addresses;
    private volatile int current;

    /**
     * Asks nothing yet.
     *
     * @param connections the ways to them
     * @param addresses   at least one
     */
    public NameServers(Connections connections, List<HostPort> addresses) {
        this.connections = connections;
        this.addresses = List.copyOf(addresses);
    }

    /**
     * Asks.
     *
     * @param newCall makes the request, once for each server that is asked
     * @param reader  makes the result of any answer
     * @param <T>     the result
     * @return fails when none of them answers
     */
    public <T> CompletableFuture<T> ask(Supplier<Call> newCall, Call.AnswerReader<T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        ask(newCall, reader, addresses.size(), result);
        return result;
    }

    private <T> void ask(Supplier<Call> newCall, Call.AnswerReader<T> reader, int tries, CompletableFuture<T> result) {
        int asked = current;
        Connection connection;
        try {
            connection = connections.to(addresses.get(asked));
        } catch (ClosedException closed) {
            result.completeExceptionally(closed);
            return;
        }
        CompletableFuture<?> unused = newCall.get().to(connection, reader).whenComplete((answer, failure) -> {
            if (failure == null) {
                result.complete(answer);
            } else if (failure instanceof UnavailableException && tries > 1) {
                current = (asked + 1) % addresses.size();
                ask(newCall, reader, tries - 1, result);
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /**
     * The servers' addresses.
     *
     * @return in the order in which they were given
     */
    public List<HostPort> addresses() {
        return addresses;
    }
}
