package io.ternmq.broker.access;

/** Whether routes offer topics for writing; an operator turns it to drain the server. Open again after a start. Thread-safe. */
public final class WriteSwitch {
    private volatile boolean closed;

    /** Producers that look for a route from now on find nothing to write to. */
    public void close() {
        closed = true;
    }

    /** Producers find their topics again. */
    public void open() {
        closed = false;
    }

    /** @return whether topics are offered for writing */
    public boolean isOpen() {
        return !closed;
    }
}
