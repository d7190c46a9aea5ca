package io.ternmq.client.lease;

import io.ternmq.client.wire.Failures;
import io.ternmq.engine.LeasedMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The requests of one topic that wait at several brokers: one at each at most, so that no more can come than one of them brings. Thread-safe. */
final class Polls {

    private final Map<String, CompletableFuture<Boolean>> byBroker = new ConcurrentHashMap<>();

    /**
     * A request that waits.
     *
     * @param brought  completes with whether it brought some, when they have been kept
     * @param isJoined whether somebody else began it
     */
    record Poll(CompletableFuture<Boolean> brought, boolean isJoined) {}

    /**
     * Joins the one that waits there, or begins one.
     *
     * @param begin asks the broker
     * @param keep  takes what it brings
     */
    Poll join(
            String broker, Supplier<CompletableFuture<List<LeasedMessage>>> begin, Consumer<List<LeasedMessage>> keep) {
        CompletableFuture<Boolean> mine = new CompletableFuture<>();
        CompletableFuture<Boolean> known = byBroker.putIfAbsent(broker, mine);
        if (known != null) {
            return new Poll(known, true);
        }
        CompletableFuture<?> unused = begin.get().whenComplete((taken, failure) -> {
            byBroker.remove(broker, mine);
            if (failure == null) {
                keep.accept(taken);
                mine.complete(!taken.isEmpty());
            } else {
                mine.completeExceptionally(Failures.cause(failure));
            }
        });
        return new Poll(mine, false);
    }
}
