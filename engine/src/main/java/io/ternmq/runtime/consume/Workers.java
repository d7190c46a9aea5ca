package io.ternmq.runtime.consume;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Does pieces of work in the order in which they came, so many at a time at most. A worker stays for as long as something waits, and wakes
 * the next one when it comes and finds that several do. So quick pieces cost a thread's waking once for many of them, while slow ones soon have
 * all workers. Thread-safe.
 *
 * @param <P> a piece
 */
final class Workers<P> {

    /** After so many pieces a worker lets what else waits for the executor's thread have it. */
    static final int TURN_MAX = 128;

    private final Executor executor;
    private final int countMax;
    private final Consumer<P> work;
    private final Queue<P> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * Has nothing to do yet.
     *
     * @param executor gives the threads
     * @param countMax so many at a time at most
     * @param work     does a piece, and does not fail
     */
    Workers(Executor executor, int countMax, Consumer<P> work) {
        this.executor = executor;
        this.countMax = countMax;
        this.work = work;
    }

    /**
     * Takes on more.
     *
     * @param pieces behind those that wait
     * @throws RejectedExecutionException when nobody is there to do it; {@link #takeBack} then has what waits
     */
    void add(List<P> pieces) {
        waiting.addAll(pieces);
        wakeOne();
    }

    /** Nobody does what still waits. @return all of it */
    List<P> takeBack() {
        List<P> all = new ArrayList<>();
        for (P piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            all.add(piece);
        }
        return all;
    }

    private void wakeOne() {
        if (waiting.isEmpty() || !mayCome()) {
            return;
        }
        try {
            executor.execute(this::come);
        } catch (RejectedExecutionException e) {
            if (count.decrementAndGet() == 0) {
                throw e;
            }
        }
    }

    private boolean mayCome() {
        int now = count.get();
        while (now < countMax) {
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
            now = count.get();
        }
        return false;
    }

    private void come() {
        // Before the first piece is taken: on an executor that runs at once, too, pieces are begun in their order.
        if (severalWait()) {
            wakeOne();
        }
        while (!workOn()) {
            count.decrementAndGet();
            if (waiting.isEmpty() || !mayCome()) { // what came while this one left would be nobody's
                return;
            }
        }
    }

    /** @return false when nothing waits; true when this worker will come again */
    private boolean workOn() {
        while (true) {
            for (int done = 0; done < TURN_MAX; done++) {
                P piece = waiting.poll();
                if (piece == null) {
                    return false;
                }
                work(piece);
            }
            if (comesAgain()) {
                return true;
            }
        }
    }

    /** A worker that fails all the same is replaced. */
    private void work(P piece) {
        try {
            work.accept(piece);
        } catch (Throwable failure) {
            count.decrementAndGet();
            wakeOne();
            throw failure;
        }
    }

    private boolean comesAgain() {
        try {
            executor.execute(this::come);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private boolean severalWait() {
        Iterator<P> pieces = waiting.iterator();
        if (!pieces.hasNext()) {
            return false;
        }
        P unused = pieces.next();
        return pieces.hasNext();
    }
}
