package io.ternmq.client.member;

import io.ternmq.UnavailableException;
import io.ternmq.client.route.Routes;
import io.ternmq.client.wire.Connection;
import io.ternmq.client.wire.Connections;
import io.ternmq.client.wire.Failures;
import io.ternmq.protocol.remoting.HostPort;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks what every broker knows: one after the other, until one of them answers. Thread-safe. */
final class AnyBroker {

    private final Connections connections;
    private final Routes routes;

    AnyBroker(Connections connections, Routes routes) {
        this.connections = connections;
        this.routes = routes;
    }

    /** @return fails when none of them answers, or one refuses */
    <T> CompletableFuture<T> ask(Function<Connection, CompletableFuture<T>> question) {
        List<HostPort> brokers = List.copyOf(routes.brokers());
        return brokers.isEmpty()
                ? CompletableFuture.failedFuture(new UnavailableException("no broker is known"))
                : ask(brokers, 0, question);
    }

    private <T> CompletableFuture<T> ask(
            List<HostPort> brokers, int index, Function<Connection, CompletableFuture<T>> question) {
        boolean isLast = index + 1 == brokers.size();
        return question.apply(connections.to(brokers.get(index))).exceptionallyCompose(failure -> {
            Throwable cause = Failures.cause(failure);
            return cause instanceof UnavailableException && !isLast
                    ? ask(brokers, index + 1, question)
                    : CompletableFuture.failedFuture(cause);
        });
    }
}
