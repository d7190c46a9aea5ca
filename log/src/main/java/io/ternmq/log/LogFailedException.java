package io.ternmq.log;

/** The log has stopped: a write or a force failed. Nothing is retried; what was not published must be taken as unknown until the log is opened anew. */
public final class LogFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause what failed first */
    public LogFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
