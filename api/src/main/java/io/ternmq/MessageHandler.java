package io.ternmq;

/** Handles messages one by one. Returning acknowledges. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles a message.
     *
     * @param message the message
     * @throws Exception has it tried again later, as {@link Retry} says
     */
    void handle(ReceivedMessage message) throws Exception;
}
