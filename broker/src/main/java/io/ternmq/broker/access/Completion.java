package io.ternmq.broker.access;

/** The last step of a request that another thread worked on. */
@FunctionalInterface
public interface Completion {
    /** Answers the request; runs in the event loop of its connection. */
    void finish();
}
