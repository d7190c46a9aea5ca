package io.ternmq.log;

/** A control record of a kind that this version does not know: the log was written by a newer one. */
public final class UnknownRecordKindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param kind the unknown kind */
    public UnknownRecordKindException(int kind) {
        super("kind of control record: " + kind
                + " (expected: one this version knows; the log was written by a newer TernMQ)");
    }
}
