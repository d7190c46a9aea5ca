package io.ternmq.log;

import org.jspecify.annotations.Nullable;

/** The first failure of a write or a force. It is never forgotten: everything that would write afterwards is refused. Any thread. */
final class Failure {
    private final LogListener listener;
    private volatile @Nullable LogFailedException first;

    Failure(LogListener listener) {
        this.listener = listener;
    }

    /** @return what the caller must throw */
    synchronized LogFailedException fail(String what, Throwable cause) {
        LogFailedException known = first;
        if (known != null) {
            return known;
        }
        LogFailedException failed =
                new LogFailedException(what + " failed; the log stops and must be opened anew: " + cause, cause);
        first = failed;
        listener.failed(failed);
        return failed;
    }

    boolean failed() {
        return first != null;
    }

    void check() {
        LogFailedException known = first;
        if (known != null) {
            throw new LogFailedException("the log has stopped after a failure", known);
        }
    }
}
