package io.ternmq;

import org.jspecify.annotations.Nullable;

/** Stands before and behind every send. Thread-safe. */
public interface SendInterceptor {

    /**
     * Sees a message before it is sent. What it throws ends the send.
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
     * @param receipt null when it failed, or was sent one-way
     * @param failure null when it was stored
     */
    default void afterSend(Message message, @Nullable SendReceipt receipt, @Nullable Throwable failure) {}
}
