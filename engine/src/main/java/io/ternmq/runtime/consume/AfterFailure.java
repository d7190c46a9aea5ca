package io.ternmq.runtime.consume;

import io.ternmq.engine.StoredMessage;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What becomes of messages that were read, and whose handlers threw. */
@FunctionalInterface
interface AfterFailure {

    /**
     * Notes that a handler failed.
     *
     * @param message what it had
     * @param failure what it threw
     * @return gives the message to whoever has it next; asked again when that fails
     */
    Supplier<CompletableFuture<Void>> failed(StoredMessage message, Throwable failure);
}
