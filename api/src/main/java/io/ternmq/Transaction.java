package io.ternmq;

/**
 * A message that nobody sees yet. Closed before a commit was tried it is rolled back. A commit that failed is never followed by a rollback, since
 * the work is done: it may be tried again, and otherwise the checker is asked. For one thread.
 */
public interface Transaction extends AutoCloseable {

    /**
     * Where it waits.
     *
     * @return its receipt
     */
    SendReceipt receipt();

    /**
     * Lets the message be seen. After any failure it may be called again.
     *
     * @throws OutcomeUnknownException when the answer did not come, or the queue no longer knows the message because it was decided before
     * @throws TernMQException         when it could not be committed; the checker will be asked
     * @throws IllegalStateException   when it is decided already, or a rollback was tried
     */
    void commit();

    /**
     * Lets the message never be seen. After any failure it may be called again.
     *
     * @throws TernMQException       when it could not be rolled back; the checker will be asked
     * @throws IllegalStateException when it is decided already, or a commit was tried
     */
    void rollback();

    /** Rolls back, unless it is decided or a commit was tried. */
    @Override
    void close();
}
