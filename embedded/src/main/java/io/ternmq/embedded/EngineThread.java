package io.ternmq.embedded;

/** A thread on which steps of the queue's own run. It must not wait for the shard, since others wait for it. */
final class EngineThread extends Thread {

    EngineThread(Runnable task, String name) {
        super(task, name);
        setDaemon(true);
    }

    /** Whether the caller runs on such a thread. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof EngineThread;
    }
}
