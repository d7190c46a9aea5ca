package io.ternmq;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends messages. A message is stored, as durably as its queue promises, when its receipt is there.
 *
 * <p>A topic that does not exist comes into being where the queue allows it.
 */
public interface Producer {

    /**
     * Sends and waits. What cannot be stored now is tried again, on other partitions, as long as the producer's timeout lasts.
     *
     * @param message what to send
     * @return where it is
     * @throws InvalidRequestException when it can never be stored as it is
     * @throws UnavailableException    when it was not stored for now
     * @throws OutcomeUnknownException when it may or may not be stored
     */
    SendReceipt send(Message message);

    /**
     * Sends without waiting. Messages to one partition are stored in the order of the calls of one thread.
     *
     * @param message what to send
     * @return completes when it is stored; fails as {@link #send(Message)} does
     */
    CompletableFuture<SendReceipt> sendAsync(Message message);

    /**
     * Sends without an answer: nobody learns when it is lost.
     *
     * @param message what to send
     */
    void sendOneWay(Message message);

    /**
     * Sends several messages of one topic to one partition, all or none, and waits.
     *
     * @param messages of one topic, without delays; at least one
     * @return where they are, in this order
     */
    List<SendReceipt> send(List<Message> messages);

    /**
     * As {@link #send(List)}, without waiting.
     *
     * @param messages of one topic, without delays; at least one
     * @return completes when all are stored
     */
    CompletableFuture<List<SendReceipt>> sendAsync(List<Message> messages);
}
