package io.ternmq.runtime.send;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Runs the steps of one send, of which there is never more than one to do, on the thread that waits for it. */
final class WaitingCaller implements Executor {

    private final Semaphore ready = new Semaphore(0);
    private volatile Runnable step = () -> {};

    @Override
    public void execute(Runnable next) {
        step = next;
        ready.release();
    }

    /**
     * Waits for the next step and runs it.
     *
     * @return false when none came in time
     */
    boolean runNext(long nanos) throws InterruptedException {
        if (!ready.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        step.run();
        return true;
    }
}
