package io.ternmq.log.index;

/**
 * What is to be appended cannot follow what the index holds: the log and the index, or the log and itself, contradict
 * each other. A broken invariant, never an answer to a client.
 */
public final class IndexMismatchException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** @param message queue, value and what was expected */
    public IndexMismatchException(String message) {
        super(message);
    }
}
