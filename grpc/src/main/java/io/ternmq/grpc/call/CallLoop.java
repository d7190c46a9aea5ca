package io.ternmq.grpc.call;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.ternmq.broker.Shard;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.access.LoopReplies;
import io.ternmq.broker.command.Command;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One event loop with what its calls share. Event-loop thread only, but for {@link #replies}. */
public final class CallLoop {
    private static final long SWEEP_MS = 5_000;

    private final EventLoop loop;
    private final Shard shard;
    private final LoopReplies replies;
    private final Set<OutboundShare> unread = new LinkedHashSet<>();
    private final Runnable settling = this::settle;
    private boolean willSettle;

    /**
     * @param committed gathers what the shard finishes
     * @param stalledMs how long a client may leave an answer unread
     */
    public CallLoop(EventLoop loop, Shard shard, CommittedReplies committed, long stalledMs) {
        this.loop = loop;
        this.shard = shard;
        this.replies = new LoopReplies(committed, loop, this::settle);
        Future<?> unused =
                loop.scheduleWithFixedDelay(() -> sweep(stalledMs), SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
    }

    /** @return the way back into this loop for other threads */
    public LoopReplies replies() {
        return replies;
    }

    /**
     * Hands a command to the shard, which works on it once the loop has read what there is to read.
     *
     * @return false when the shard has too much to do
     */
    public boolean submit(Command command) {
        boolean taken = shard.enqueue(command);
        if (taken && !willSettle) {
            willSettle = true;
            loop.execute(settling);
        }
        return taken;
    }

    /** Runs it in this loop after so many milliseconds. */
    public void later(long delayMs, Runnable work) {
        Future<?> unused = loop.schedule(work, delayMs, TimeUnit.MILLISECONDS);
    }

    void unread(OutboundShare share) {
        unread.add(share);
    }

    void read(OutboundShare share) {
        unread.remove(share);
    }

    private void settle() {
        willSettle = false;
        shard.work();
    }

    private void sweep(long stalledMs) {
        List.copyOf(unread).forEach(share -> share.grownOlder(SWEEP_MS, stalledMs));
    }
}
