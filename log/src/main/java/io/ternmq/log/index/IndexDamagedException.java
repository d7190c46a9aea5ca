package io.ternmq.log.index;

import java.io.IOException;

/**
 * The index files do not hold what the checkpoint says they do: they are missing, cut, of another generation or of
 * another queue. Nothing is lost by it: the log clears the index and fills it again from what it retains.
 */
public final class IndexDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message what was found and what was expected */
    public IndexDamagedException(String message) {
        super(message);
    }
}
