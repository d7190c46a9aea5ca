package io.ternmq;

/** Answers requests that were sent by {@link TernMQ#request}. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Answers a request.
     *
     * @param request the message
     * @return the body of the answer: bytes, a string, or what a {@link BodyConverter} knows
     * @throws Exception has the request tried again later; the one who asks waits meanwhile
     */
    Object answer(ReceivedMessage request) throws Exception;
}
