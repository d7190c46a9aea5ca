package io.ternmq.remoting.connection;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.access.LoopReplies;
import io.ternmq.protocol.remoting.RemotingFrameEncoder;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One event loop with what its connections share. Event-loop thread only, but for {@link #replies}. */
public final class LoopContext {
    private static final long SWEEP_MS = 5_000;

    private final EventLoop loop;
    private final LoopReplies replies;
    private final Admission admission;
    private final Dispatcher dispatcher;
    private final Runnable shardWork;
    private final RemotingFrameEncoder encoder = new RemotingFrameEncoder();
    private final Set<ClientConnection> connections = new LinkedHashSet<>();
    private final Queue<ClientConnection> unflushed = new ArrayDeque<>();
    private final Runnable settling = this::settle;
    private boolean willSettle;

    /**
     * @param committed gathers what the shard finishes
     * @param admission what all loops share
     * @param dispatcher with handlers of this loop's own
     * @param shardWork has the shard work on what the handlers have enqueued
     */
    public LoopContext(
            EventLoop loop,
            CommittedReplies committed,
            Admission admission,
            Dispatcher dispatcher,
            Runnable shardWork) {
        this.loop = loop;
        this.admission = admission;
        this.replies = new LoopReplies(committed, loop, this::settle);
        this.dispatcher = dispatcher;
        this.shardWork = shardWork;
    }

    /** Starts looking for silent and stalled connections. */
    public void start() {
        Future<?> unused = loop.scheduleWithFixedDelay(this::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
    }

    /** Any other thread: closes every connection of the loop, and returns once they are closed. */
    public void closeConnections() {
        loop.submit(() -> List.copyOf(connections).forEach(ClientConnection::close))
                .awaitUninterruptibly();
    }

    /** @return the way back into this loop for other threads */
    public LoopReplies replies() {
        return replies;
    }

    EventLoop loop() {
        return loop;
    }

    Admission admission() {
        return admission;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    RemotingFrameEncoder encoder() {
        return encoder;
    }

    void opened(ClientConnection connection) {
        connections.add(connection);
    }

    void closed(ClientConnection connection) {
        connections.remove(connection);
    }

    /** The connection has answers that are not written yet; {@link #flush} will. */
    void hasUnflushed(ClientConnection connection) {
        unflushed.add(connection);
    }

    /** Settles once the loop has read from every connection that has something to read: all of it is one batch. */
    void settleSoon() {
        if (!willSettle) {
            willSettle = true;
            loop.execute(settling);
        }
    }

    /** Writes what was answered since the last time, and has the shard work on what was asked of it. */
    void settle() {
        willSettle = false;
        flush();
        shardWork.run();
    }

    /** May be called again from within: a write can make room for more. */
    private void flush() {
        for (ClientConnection next = unflushed.poll(); next != null; next = unflushed.poll()) {
            next.flush();
        }
    }

    private void sweep() {
        for (ClientConnection connection : List.copyOf(connections)) {
            connection.sweep(SWEEP_MS);
        }
    }
}
