package io.ternmq.broker;

import io.ternmq.broker.catalog.Catalog;
import io.ternmq.broker.command.Command;
import io.ternmq.log.CommitLog;
import io.ternmq.log.LogReader;
import io.ternmq.log.RecoveryReport;
import io.ternmq.log.index.KeyIndex;
import io.ternmq.log.index.QueueIndex;
import io.ternmq.log.storage.LogDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * A shard: one commit log, its state, and the one thread that changes them. Commands are submitted by any thread and
 * answered once what they decided is committed; reads go to the log directly and see only what is committed.
 */
public final class Shard implements AutoCloseable {
    private final CommitLog log;
    private final ShardLoop loop;
    private final Mailbox mailbox;
    private final Catalog catalog;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean closing;

    private Shard(CommitLog log, ShardLoop loop, Mailbox mailbox, Catalog catalog) {
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
     * @param clock wall-clock milliseconds
     */
    public static Shard open(ShardSettings settings, LogDirectory directory, EpochClock clock, ShardListener listener)
            throws IOException {
        Catalog catalog = new Catalog();
        Mailbox mailbox = new Mailbox(settings.mailboxCountMax(), settings.mailboxBytesMax());
        ReplayedState replayed = new ReplayedState();
        CommitLog log = CommitLog.open(directory, settings.log(), replayed, clock, listener);
        ShardLoop loop = new ShardLoop(settings, log, replayed.state(), mailbox, catalog, clock, listener);
        loop.begin();
        return new Shard(log, loop, mailbox, catalog);
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
        return !closing && mailbox.offer(command);
    }

    /** @return the committed topics, groups and settings; any thread */
    public Catalog catalog() {
        return catalog;
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

    /** Answers what was submitted, forces it, writes a checkpoint and closes the log. */
    @Override
    public void close() {
        closing = true;
        if (thread.isAlive()) {
            mailbox.wake();
            awaitStopped();
        } else {
            loop.finish();
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
                if (loop.doWork() == 0) {
                    mailbox.sleep(loop.idleNanos());
                }
            }
            loop.finish();
        } finally {
            stopped.countDown();
        }
    }
}
