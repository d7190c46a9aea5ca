package io.ternmq.broker;

import io.ternmq.broker.ShardSettings.Flush;
import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.claim.QueueClaims;
import io.ternmq.broker.command.Command;
import io.ternmq.broker.lease.Leases;
import io.ternmq.broker.transaction.Transactions;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogReader;
import io.ternmq.log.RecoveryReport;
import io.ternmq.log.index.KeyIndex;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A shard: one commit log, its state, and one writer that changes them. Commands are submitted by any thread and
 * answered once what they decided is committed; reads go to the log directly and see only what is committed.
 *
 * <p>The writer is whoever has the turn. That is the shard's own thread while there is much to do. When it sleeps and an
 * event loop brings commands, {@link #work} lets the loop take the turn for a round: two thread switches cost more than
 * the round. What may take long is left to the shard's thread: what comes due by the clock, and forces, but for one of a
 * single command where the disk is quick.
 * "Shard thread" in comments means whoever has the turn.
 */
public final class Shard implements AutoCloseable {
    /** One for what is there, one for who waits for it, one to see that nothing is left. */
    private static final int BORROWED_ROUNDS = 3;
    /** With more than that, an event loop has better to do during the force: it takes in the next batch. */
    private static final int FORCED_COMMANDS_MAX = 1;

    private final CommitLog log;
    private final ShardLoop loop;
    private final Mailbox mailbox;
    private final Catalog catalog;
    private final Thread thread;
    private final int borrowedCommandsMax;
    private final ReentrantLock turn = new ReentrantLock();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean closeBegun = new AtomicBoolean();
    private volatile boolean closing;
    /** When the shard's thread wants to be awake again, in its clock's milliseconds. */
    private volatile long wakesMs = Long.MAX_VALUE;

    private Shard(ShardSettings settings, CommitLog log, ShardLoop loop, Mailbox mailbox, Catalog catalog) {
        this.borrowedCommandsMax = settings.flush() == Flush.ASYNC ? settings.mailboxCountMax() : FORCED_COMMANDS_MAX;
        this.log = log;
        this.loop = loop;
        this.mailbox = mailbox;
        this.catalog = catalog;
        this.thread = new Thread(this::run, "tern-shard");
    }

    /**
     * Opens the log in the folder, recovers, and makes the shard's own topics where they are missing. Nothing happens
     * by itself before {@link #start}.
     *
     * @param clock     wall-clock milliseconds
     * @param nanoClock tells how much time passes
     */
    public static Shard open(
            ShardSettings settings,
            LogDirectory directory,
            EpochClock clock,
            NanoClock nanoClock,
            ShardListener listener)
            throws IOException {
        Catalog catalog = new Catalog();
        Mailbox mailbox = new Mailbox(settings.mailboxCountMax(), settings.mailboxBytesMax());
        ReplayedState replayed = new ReplayedState();
        CommitLog log = CommitLog.open(directory, settings.log(), replayed, clock, listener);
        ShardLoop loop = new ShardLoop(settings, log, replayed.state(), mailbox, catalog, clock, nanoClock, listener);
        loop.begin();
        return new Shard(settings, log, loop, mailbox, catalog);
    }

    /**
     * Lets a shard that opened read-only write again: the operator knows of the damage that {@link #recoveryReport} names,
     * and that changes of state may be lost with it. Recorded in the log, so that every later start comes to the same.
     * Before {@link #start}; does nothing when the shard is not read-only.
     */
    public void acceptDamage() {
        if (log.readOnlyReason() != null) {
            log.acceptDamage();
            loop.begin();
        }
    }

    /** @return why nothing may be written until {@link #acceptDamage}, or null; before {@link #start} */
    public @Nullable String readOnlyReason() {
        return log.readOnlyReason();
    }

    /** Starts the shard's thread. */
    public void start() {
        thread.start();
    }

    /**
     * Hands a command over. Any thread.
     *
     * @return false when the mailbox is full; the caller then answers 'busy' in its own protocol
     */
    public boolean submit(Command command) {
        boolean taken = enqueue(command);
        if (taken) {
            mailbox.wake();
        }
        return taken;
    }

    /**
     * Hands a command over as {@link #submit} does, but the shard may sleep on: {@link #work} must follow soon. For
     * those who bring several commands at a time. Any thread.
     *
     * @return false when the mailbox is full
     */
    public boolean enqueue(Command command) {
        return !closing && mailbox.offer(command);
    }

    /**
     * Has what was enqueued worked on: by the shard's thread where it is awake already or must be, else here and now. A
     * thread of ours that is never interrupted, and no command's callback.
     */
    public void work() {
        if (!mailbox.isForgotten()) {
            return;
        }
        if (mailbox.count() > borrowedCommandsMax || !turn.tryLock()) {
            mailbox.wake();
            return;
        }
        boolean more;
        try {
            more = !closing && workHere();
        } finally {
            turn.unlock();
        }
        if (more || mailbox.isForgotten()) {
            mailbox.wake();
        }
    }

    /** @return whether the calling thread has the turn, as in what a command's callback does: it must not wait for the shard */
    public boolean isWorkedHere() {
        return turn.isHeldByCurrentThread();
    }

    /** @return whether the shard's thread must go on */
    private boolean workHere() {
        for (int round = 0; round < BORROWED_ROUNDS && loop.isQuick(); round++) {
            if (loop.doBorrowedWork() == 0) {
                return loop.nextMs() < wakesMs;
            }
        }
        return true;
    }

    /** @return the committed topics, groups and settings; any thread */
    public Catalog catalog() {
        return catalog;
    }

    /** @return how transactions begin and end; what any thread may call of it */
    public Transactions transactions() {
        return loop.transactions();
    }

    /** @return consuming by lease; what any thread may call of it */
    public Leases leases() {
        return loop.leases();
    }

    /** @return to whom queues belong; what any thread may call of it */
    public QueueClaims claims() {
        return loop.claims();
    }

    /** @return reads committed messages; any thread of ours */
    public LogReader reader() {
        return log.reader();
    }

    /** @return the queues' extents; any thread */
    public QueueIndex queues() {
        return log.queues();
    }

    /** @return finds messages by key; any thread of ours */
    public KeyIndex keys() {
        return log.keys();
    }

    /**
     * The shard's time, by which all that waits is due. Any thread.
     *
     * @return the clock's, in milliseconds since 1970, but never going back: while the clock is behind it, it goes on by the time that
     *     passes, an eighth slower
     */
    public long timeMs() {
        return loop.timeMs();
    }

    /**
     * The shard's time at a moment of the clock, which is when something is due that shall not come before that moment. Any thread.
     *
     * @param momentMs milliseconds since 1970
     * @return the same as a rule; later while the shard's time is ahead of the clock
     */
    public long timeAtMs(long momentMs) {
        return loop.timeAtMs(momentMs);
    }

    /** @return by how many milliseconds the shard's time is ahead of the clock, which was set back; 0 as a rule; any thread */
    public long timeAheadMs() {
        return loop.timeAheadMs();
    }

    /** @return figures for operators; any thread */
    public ShardFigures figures() {
        return loop.figures();
    }

    /** @return what opening the log found */
    public RecoveryReport recoveryReport() {
        return log.recoveryReport();
    }

    /** One round of work without the thread, for tests. @return how much was done */
    int doWork() {
        return loop.doWork();
    }

    /** One round of the log's background work, for tests whose log has no thread. @return whether something was done */
    boolean maintain() {
        return log.maintain();
    }

    /** Answers what was submitted, forces it, writes a checkpoint and closes the log. A second call does nothing. */
    @Override
    public void close() {
        if (!closeBegun.compareAndSet(false, true)) {
            return;
        }
        closing = true;
        if (thread.isAlive()) {
            mailbox.close();
            awaitStopped();
        } else {
            finish();
        }
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException("log: could not be closed cleanly; the next start recovers it", e);
        }
    }

    private void awaitStopped() {
        boolean interrupted = false;
        while (true) {
            try {
                stopped.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the log must not be closed under its writer
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                long idleNanos = takeTurn();
                if (idleNanos > 0) {
                    mailbox.sleep(idleNanos);
                }
            }
            finish();
        } finally {
            stopped.countDown();
        }
    }

    /** @return how long to sleep at most; 0 when there may be more to do */
    private long takeTurn() {
        turn.lock();
        try {
            if (loop.doWork() > 0) {
                return 0;
            }
            wakesMs = loop.nextMs();
            return loop.idleNanos();
        } finally {
            turn.unlock();
        }
    }

    private void finish() {
        turn.lock();
        try {
            loop.finish();
        } finally {
            turn.unlock();
        }
    }
}
