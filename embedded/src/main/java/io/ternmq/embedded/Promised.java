package io.ternmq.embedded;

import io.ternmq.InvalidRequestException;
import io.ternmq.protocol.message.MalformedMessageException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Calls whose futures tell of every failure, of those that come at once, too. */
final class Promised {

    private Promised() {}

    /** @return what the call returns; a failed future when it throws */
    static <T> CompletableFuture<T> of(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (MalformedMessageException e) {
            return CompletableFuture.failedFuture(new InvalidRequestException(String.valueOf(e.getMessage()), e));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
