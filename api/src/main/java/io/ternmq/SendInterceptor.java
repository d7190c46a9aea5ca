package io.ternmq;

import org.jspecify.annotations.Nullable;

/**
 * Stands before and behind every send: of a message, a batch (message by message), one-way, of a prepared message, of a request. Who saw a
 * message before is told of it behind, once. Thread-safe.
 */
public interface SendInterceptor {

    /**
     * Sees a message before it is sent. What it throws ends the send, and those interceptors that saw the message already are told.
     *
     * @param message what is to be sent
     * @return what is sent instead; the message itself to change nothing
     */
    default Message beforeSend(Message message) {
        return message;
    }

    /**
     * Sees what became of it. What it throws is logged.
     *
     * @param message what was sent
     * @param receipt null when it failed, was sent one-way or was a request
     * @param failure null when it was stored, sent one-way or, of a request, answered
     */
    default void afterSend(Message message, @Nullable SendReceipt receipt, @Nullable Throwable failure) {}
}
