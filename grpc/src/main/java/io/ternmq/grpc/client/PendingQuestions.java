package io.ternmq.grpc.client;

import apache.rocketmq.v2.TelemetryCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one client was asked and has not answered. Event-loop thread only. */
final class PendingQuestions {
    /** So many at most; one more is given up at once. */
    static final int COUNT_MAX = 64;
    /** So long a client has for its answer. */
    static final long ANSWER_MS_MAX = 10_000;

    private final Map<String, Consumer<@Nullable TelemetryCommand>> byNonce = new HashMap<>();
    private long lastNonce;

    /** @return by what the answer will be known, or null when too much is asked already */
    @Nullable
    String expect(Consumer<@Nullable TelemetryCommand> answer) {
        if (byNonce.size() >= COUNT_MAX) {
            return null;
        }
        lastNonce++;
        String nonce = Long.toString(lastNonce);
        byNonce.put(nonce, answer);
        return nonce;
    }

    /** Tells the answer to who asked; null when there is none. What nobody waits for is dropped. */
    void answered(String nonce, @Nullable TelemetryCommand command) {
        Consumer<@Nullable TelemetryCommand> answer = byNonce.remove(nonce);
        if (answer != null) {
            answer.accept(command);
        }
    }

    void giveUpAll() {
        for (String nonce : List.copyOf(byNonce.keySet())) {
            answered(nonce, null);
        }
    }
}
