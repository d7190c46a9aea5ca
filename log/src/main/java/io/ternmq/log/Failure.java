package io.ternmq.log;

import org.jspecify.annotations.Nullable;

/** The first failure of a write or a force. It is never forgotten: everything that would write afterwards is refused. Any thread. */
final class Failure {
    private final LogListener listener;
    private volatile @Nullable LogFailedException first;

    Failure(LogListener listener) {
        this.listener = listener;
    }

    /** Keeps the failure, unless there is one already. */
    synchronized void note(String what, Throwable cause) {
        if (first == null) {
            LogFailedException failed =
                    new LogFailedException(what + " failed; the log stops and must be opened anew: " + cause, cause);
            first = failed;
            listener.failed(failed);
        }
    }

    /** @return what the caller must throw */
    LogFailedException fail(String what, Throwable cause) {
        note(what, cause);
        return new LogFailedException(what + " failed; the log stops and must be opened anew: " + cause, cause);
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
