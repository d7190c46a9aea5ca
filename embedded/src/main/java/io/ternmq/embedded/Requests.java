package io.ternmq.embedded;

import io.ternmq.BusyException;
import io.ternmq.ClosedException;
import io.ternmq.InvalidRequestException;
import io.ternmq.OutcomeUnknownException;
import io.ternmq.engine.Engine.Scheduled;
import io.ternmq.engine.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that wait for their answers. Both sides are in this process. Thread-safe. */
final class Requests implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);
    private static final int WAITING_MAX = 100_000;

    private final EmbeddedTime time;
    private final ConcurrentHashMap<String, CompletableFuture<StoredMessage>> waiting = new ConcurrentHashMap<>();

    Requests(EmbeddedTime time) {
        this.time = time;
    }

    CompletableFuture<StoredMessage> waitFor(String correlationId, Duration timeout) {
        CompletableFuture<StoredMessage> answer = new CompletableFuture<>();
        if (waiting.size() >= WAITING_MAX) {
            answer.completeExceptionally(
                    new BusyException("requests: " + WAITING_MAX + " wait for answers (expected: fewer)"));
            return answer;
        }
        waiting.put(correlationId, answer);
        Scheduled end = time.schedule(
                timeout,
                () -> answer.completeExceptionally(new OutcomeUnknownException("no answer within " + timeout)));
        return answer.whenComplete((message, failure) -> {
            end.cancel();
            waiting.remove(correlationId);
        });
    }

    void fail(String correlationId, Throwable failure) {
        CompletableFuture<StoredMessage> answer = waiting.get(correlationId);
        if (answer != null) {
            answer.completeExceptionally(failure);
        }
    }

    void answer(StoredMessage request, byte[] body, Instant now) {
        String correlationId = request.origin().toString();
        if (correlationId.isEmpty()) {
            throw new InvalidRequestException(
                    "message " + request.id() + ": no request (expected: one that was sent as one)");
        }
        CompletableFuture<StoredMessage> answer = waiting.get(correlationId);
        if (answer == null) {
            LOG.info("The answer to message {} came too late: nobody waits for it", request.id());
            return;
        }
        answer.complete(new StoredMessage(
                request.partition(), request.offset(), request.id(), body, request.marks(), Map.of(), 1, now, now, ""));
    }

    @Override
    public void close() {
        waiting.values().forEach(answer -> answer.completeExceptionally(new ClosedException("the queue is closed")));
    }
}
