package io.ternmq;

import java.util.List;

/** Stands around handlers. Thread-safe. */
@FunctionalInterface
public interface ConsumeInterceptor {

    /** The rest: further interceptors, then the handler. */
    @FunctionalInterface
    interface Next {

        /**
         * Goes on.
         *
         * @throws Exception what the handler throws
         */
        void proceed() throws Exception;
    }

    /**
     * Handles messages by going on with {@code next}, or not: who does not go on acknowledges.
     *
     * @param group    whose messages
     * @param messages one, or those of a batch
     * @param next     to be called once at most
     * @throws Exception has them tried again
     */
    void around(String group, List<ReceivedMessage> messages, Next next) throws Exception;
}
