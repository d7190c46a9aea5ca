package io.ternmq;

/** A message that nobody sees yet. Closed without a decision it is rolled back. For one thread. */
public interface Transaction extends AutoCloseable {

    /**
     * Where it waits.
     *
     * @return its receipt
     */
    SendReceipt receipt();

    /**
     * Lets the message be seen.
     *
     * @throws OutcomeUnknownException when the answer did not come; the checker will be asked
     */
    void commit();

    /** Lets the message never be seen. */
    void rollback();

    /** Rolls back what is not decided. */
    @Override
    void close();
}
