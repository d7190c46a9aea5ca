package io.ternmq.protocol.message;

/**
 * Bytes from outside are not what they should be: a batch body, a message id. The message names the part, its value
 * and what was expected. It carries no stack trace: it tells of the sender's mistake, not of ours.
 */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param name which part
     * @param value what it was
     * @param expectation what it should have been
     */
    public MalformedMessageException(String name, Object value, String expectation) {
        super(name + ": " + value + " (expected: " + expectation + ")", null, false, false);
    }
}
