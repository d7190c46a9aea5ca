package io.ternmq.runtime;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread for what applications attach to futures, so that it can hold up none of an engine's own. What waits for it is bounded by who
 * brings new work: an engine takes nothing more of an application while {@link #isFull}. Thread-safe.
 */
public final class CallbackThread implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackThread.class);
    private static final long CLOSE_SECONDS = 5;

    /** So many callbacks may wait before no more work is taken that would bring others. */
    private static final int WAITING_MAX = 16_384;

    /** After so many the thread says how far it is. */
    private static final int REPORT_EVERY = 256;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong brought = new AtomicLong();
    private final Thread thread;
    private volatile long done;
    private volatile boolean full;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile @Nullable Thread sleeper;

    /**
     * Starts it.
     *
     * @param name of the thread
     */
    public CallbackThread(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void execute(Runnable callback) {
        bring(callback);
        wake();
    }

    /** As {@link #execute}, but the thread may sleep on: {@link #wake} must follow soon. For those who bring several. */
    public void bring(Runnable callback) {
        if (brought.incrementAndGet() - done > WAITING_MAX) {
            full = true;
        }
        waiting.add(callback);
    }

    /** Ends the thread's sleep; costs no system call when it does not sleep. */
    public void wake() {
        VarHandle.fullFence(); // what was brought must be visible before we look for a sleeper, who looks again once it
        // says so
        Thread asleep = sleeper;
        if (asleep != null) {
            LockSupport.unpark(asleep);
        } else if (ended) {
            runWaiting(); // the engine has gone: there is nothing left to hold up
        }
    }

    /** Whether so much waits that no more should be taken of applications; never so for the thread itself, which has to catch up. */
    public boolean isFull() {
        return full && Thread.currentThread() != thread;
    }

    private void run() {
        while (!closing || !waiting.isEmpty()) {
            runWaiting();
            sleep();
        }
        ended = true;
        VarHandle.fullFence(); // see wake
        runWaiting();
    }

    private void runWaiting() {
        int count = 0;
        for (Runnable callback = waiting.poll(); callback != null; callback = waiting.poll()) {
            try {
                callback.run();
            } catch (Throwable e) { // the top of the thread; futures keep what their callbacks throw: this one was no
                // future's
                LOG.warn("A callback failed", e);
            }
            if (++count % REPORT_EVERY == 0) {
                report(REPORT_EVERY);
            }
        }
        report(count % REPORT_EVERY);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread, or that of who closed after it
    private void report(int count) {
        done += count;
        if (full && brought.get() - done <= WAITING_MAX / 2) {
            full = false;
        }
    }

    private void sleep() {
        sleeper = Thread.currentThread();
        VarHandle.fullFence(); // see wake
        if (waiting.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        sleeper = null;
    }

    /** Runs what is left, but does not wait for ever for an application's code. */
    @Override
    public void close() {
        closing = true;
        wake();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            if (thread.isAlive()) {
                LOG.warn("What is attached to futures still runs, {} s after its queue was closed", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
