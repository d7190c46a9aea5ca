package io.ternmq.log.storage;

import java.io.IOException;

/** Another process (or another log in this one) works on the folder. */
public final class DirectoryLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message names the lock file and its owner's process id */
    public DirectoryLockedException(String message) {
        super(message);
    }
}
