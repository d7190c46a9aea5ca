package io.ternmq.runtime.send;

import io.ternmq.Message;
import io.ternmq.SendInterceptor;
import io.ternmq.SendReceipt;
import io.ternmq.engine.OutgoingMessage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells interceptors what became of what they saw before it was sent, whatever kind of send it was. Thread-safe. */
final class SendTelling {

    private static final Logger LOG = LoggerFactory.getLogger(SendTelling.class);

    private final List<SendInterceptor> interceptors;

    SendTelling(List<SendInterceptor> interceptors) {
        this.interceptors = interceptors;
    }

    /**
     * Finds receipts in what a send yields.
     *
     * @param <T> what it yields
     */
    @FunctionalInterface
    interface Receipts<T> {

        /** @return that of the n-th message; null when this kind of send gives none */
        @Nullable
        SendReceipt of(T yielded, int index);
    }

    /** Waits for a send on the caller's thread. */
    <T> T await(SendAttempts<T> attempts, Duration timeout, List<OutgoingMessage> messages, Receipts<T> receipts) {
        T yielded;
        try {
            yielded = attempts.startAndWait(timeout);
        } catch (RuntimeException e) {
            tell(messages, e);
            throw e;
        }
        tell(messages, yielded, receipts);
        return yielded;
    }

    /** @return completes as the send does, when all are told */
    <T> CompletableFuture<T> follow(CompletableFuture<T> sent, List<OutgoingMessage> messages, Receipts<T> receipts) {
        return interceptors.isEmpty()
                ? sent
                : sent.whenComplete((yielded, failure) -> ended(messages, yielded, failure, receipts));
    }

    /** Tells of a send that nobody waits for; here when it is over, else by the executor. */
    <T> void follow(
            CompletableFuture<T> sent, List<OutgoingMessage> messages, Receipts<T> receipts, Executor executor) {
        if (!interceptors.isEmpty()) {
            Executor here = sent.isDone() ? Runnable::run : executor;
            CompletableFuture<T> unused =
                    sent.whenCompleteAsync((yielded, failure) -> ended(messages, yielded, failure, receipts), here);
        }
    }

    private <T> void ended(
            List<OutgoingMessage> messages, @Nullable T yielded, @Nullable Throwable failure, Receipts<T> receipts) {
        if (yielded == null) {
            tell(messages, failure);
        } else {
            tell(messages, yielded, receipts);
        }
    }

    private <T> void tell(List<OutgoingMessage> messages, T yielded, Receipts<T> receipts) {
        if (!interceptors.isEmpty()) {
            for (int i = 0; i < messages.size(); i++) {
                tell(messages.get(i).message(), receipts.of(yielded, i), null);
            }
        }
    }

    /** Tells that messages were not sent, or that it is not known. */
    void tell(List<OutgoingMessage> messages, @Nullable Throwable failure) {
        messages.forEach(message -> tell(message.message(), null, failure));
    }

    void tell(Message message, @Nullable SendReceipt receipt, @Nullable Throwable failure) {
        for (SendInterceptor interceptor : interceptors) {
            try {
                interceptor.afterSend(message, receipt, failure);
            } catch (RuntimeException e) {
                LOG.warn("An interceptor failed after a send to '{}'", message.topic(), e);
            }
        }
    }
}
