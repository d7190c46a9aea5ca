package io.ternmq.embedded;

import io.ternmq.broker.command.AppendCommand;
import io.ternmq.broker.command.AppendRule;
import io.ternmq.broker.command.EncodedMessage;
import io.ternmq.broker.command.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Messages on their way into one queue, and the future of who sent them.
 *
 * @param <T> what the sender gets: one receipt, several, a half message
 */
final class StoreMessages<T> extends AppendCommand {

    private final CompletableFuture<T> stored = new CompletableFuture<>();
    private final Function<EncodedMessage[], T> result;
    private final EncodedMessage[] messages;

    /** @param result what the sender gets, made of messages that know their offsets */
    StoreMessages(AppendRule rule, int queueNo, EncodedMessage[] messages, Function<EncodedMessage[], T> result) {
        super(rule, queueNo, messages);
        this.messages = messages;
        this.result = result;
    }

    /** Completes on the shard's thread. */
    CompletableFuture<T> stored() {
        return stored;
    }

    @Override
    protected void committed() {
        stored.complete(result.apply(messages));
    }

    @Override
    protected void refused(Refusal reason, String detail) {
        stored.completeExceptionally(Refused.of(reason, detail));
    }
}
