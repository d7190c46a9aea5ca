package io.ternmq.log;

/** Forces the log when the writer has asked for it without waiting, and the durable mark every second. Maintenance thread. */
final class LateForce implements Maintenance.Task {
    private static final long MARK_EVERY_MS = 1_000;

    private final LogForce force;
    private volatile boolean requested;
    private long markMs;

    LateForce(LogForce force) {
        this.force = force;
    }

    /** Any thread. */
    void request() {
        requested = true;
    }

    @Override
    public boolean work(long nowMs) {
        boolean worked = requested;
        if (worked) {
            requested = false;
            force.force();
        }
        if (nowMs - markMs >= MARK_EVERY_MS || nowMs < markMs) {
            markMs = nowMs;
            worked |= force.forceMark();
        }
        return worked;
    }
}
