package io.ternmq;

import java.util.List;

/** Handles messages several at a time. Returning acknowledges all of them. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles messages.
     *
     * @param messages of one topic, at least one
     * @throws Exception has all of them tried again later, as {@link Retry} says
     */
    void handle(List<ReceivedMessage> messages) throws Exception;
}
