package io.ternmq.runtime.read;

import io.ternmq.Partition;
import io.ternmq.StartAt;
import io.ternmq.engine.Engine;
import io.ternmq.engine.OffsetRange;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Begins anew each time, and keeps nothing. */
public final class StartPositions implements Positions {

    private final Function<Partition, CompletableFuture<Long>> begin;

    private StartPositions(Function<Partition, CompletableFuture<Long>> begin) {
        this.begin = begin;
    }

    /**
     * Begins at an end.
     *
     * @param engine knows the partitions
     * @param start  which end
     * @return positions
     */
    public static StartPositions at(Engine engine, StartAt start) {
        Function<OffsetRange, Long> end = start == StartAt.EARLIEST ? OffsetRange::begin : OffsetRange::end;
        return new StartPositions(partition -> engine.range(partition).thenApply(end));
    }

    /**
     * Begins at a time.
     *
     * @param engine knows the partitions
     * @param time   when
     * @return positions
     */
    public static StartPositions at(Engine engine, Instant time) {
        return new StartPositions(partition -> engine.offsetAt(partition, time));
    }

    @Override
    public CompletableFuture<Long> begin(Partition partition) {
        return begin.apply(partition);
    }

    @Override
    public void moved(Partition partition, long offset) {
        // nothing is kept
    }

    @Override
    public CompletableFuture<Void> keep() {
        return CompletableFuture.completedFuture(null);
    }
}
