package io.ternmq.runtime.consume;

import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.engine.Engine;
import io.ternmq.runtime.read.Positions;
import io.ternmq.runtime.read.ReadingLag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads partitions of one topic: those that are this member's, which may change. Progress is kept every second. Thread-safe.
 */
final class TopicReading implements TopicConsumption {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReading.class);

    /** How often it is looked for partitions that came or went. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private static final Duration KEEP = Duration.ofSeconds(1);

    private final Engine engine;
    private final ConsumerPlan plan;
    private final TopicPlan topic;
    private final Workers<ReadBatch.Piece> workers;
    private final Terms terms;
    private final Map<Partition, PartitionLoop> loops = new HashMap<>();
    private final Map<Partition, CompletableFuture<Void>> ending = new HashMap<>();
    private Engine.@Nullable Scheduled looking;
    private Engine.@Nullable Scheduled keeping;
    private boolean paused;
    private boolean stopping;

    /**
     * What differs between those who share partitions and those who do not.
     *
     * @param positions where to begin, and where progress is kept
     * @param mine      which of the topic's partitions are this member's
     * @param failures  what becomes of messages whose handlers threw
     */
    record Terms(Positions positions, UnaryOperator<List<Partition>> mine, AfterFailure failures) {}

    TopicReading(Engine engine, ConsumerPlan plan, TopicPlan topic, Handling handling, Executor executor, Terms terms) {
        this.engine = engine;
        this.plan = plan;
        this.topic = topic;
        this.workers = new Workers<>(executor, plan.concurrency(), piece -> piece.handle(handling, topic));
        this.terms = terms;
    }

    /** @return completes when it reads all partitions there are */
    CompletableFuture<Void> begin() {
        keepLater();
        return look();
    }

    /** Sees whether partitions came or went. */
    CompletableFuture<Void> look() {
        return engine.readable(topic.topic())
                .thenCompose(partitions -> assign(terms.mine().apply(partitions)))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "The partitions of '{}' could not be looked up; trying again in {}",
                                topic.topic(),
                                LOOK,
                                failure);
                    }
                    lookLater();
                });
    }

    /** The partitions that it reads now. */
    synchronized List<Partition> partitions() {
        return loops.keySet().stream().sorted().toList();
    }

    /** How far it is behind in them; waits for the engine. */
    Lag lag() {
        Map<Partition, Long> positions = new TreeMap<>();
        synchronized (this) {
            loops.forEach((partition, loop) -> loop.position().ifPresent(offset -> positions.put(partition, offset)));
        }
        return new ReadingLag(engine, plan.group(), topic.filter()).of(positions);
    }

    private CompletableFuture<Void> assign(List<Partition> mine) {
        List<CompletableFuture<?>> starting = new ArrayList<>();
        synchronized (this) {
            if (stopping) {
                return CompletableFuture.completedFuture(null);
            }
            loops.entrySet().removeIf(loop -> {
                boolean isGone = !mine.contains(loop.getKey());
                if (isGone) {
                    ending.put(loop.getKey(), ended(loop.getValue()));
                }
                return isGone;
            });
            for (Partition partition : mine) {
                if (!loops.containsKey(partition)) {
                    PartitionLoop loop = loop(partition);
                    loops.put(partition, loop);
                    starting.add(started(partition, loop));
                }
            }
            ending.values().removeIf(CompletableFuture::isDone);
        }
        return CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new));
    }

    /** Handlers have ended, and what they reached is kept. */
    private CompletableFuture<Void> ended(PartitionLoop loop) {
        return loop.stop().thenCompose(nothing -> terms.positions().keep());
    }

    /** An operator has set the group to other offsets: what is being handled comes to its end, and reading goes on there. */
    synchronized void reset(Map<Partition, Long> offsets) {
        if (stopping) {
            return;
        }
        offsets.forEach((partition, offset) -> {
            PartitionLoop loop = loops.get(partition);
            if (loop != null) {
                CompletableFuture<Void> before =
                        ending.getOrDefault(partition, CompletableFuture.completedFuture(null));
                CompletableFuture<Void> stopped = loop.stop();
                ending.put(
                        partition,
                        before.handle((nothing, failure) -> true)
                                .thenCompose(any -> stopped)
                                .thenCompose(nothing -> keep(partition, offset)));
                PartitionLoop next = loop(partition);
                loops.put(partition, next);
                CompletableFuture<Void> unused = started(partition, next);
            }
        });
    }

    /** Whatever was kept in the meantime, and behind what was reached before. */
    private CompletableFuture<Void> keep(Partition partition, long offset) {
        terms.positions().moved(partition, offset);
        return terms.positions().keep();
    }

    /** Begins behind what an earlier loop of the same partition still handles. */
    private CompletableFuture<Void> started(Partition partition, PartitionLoop loop) {
        return ending.getOrDefault(partition, CompletableFuture.completedFuture(null))
                .handle((nothing, failure) -> true)
                .thenCompose(any -> terms.positions().begin(partition))
                .thenAccept(offset -> start(loop, offset))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        forget(partition, loop);
                    }
                });
    }

    /** The next look begins it anew. */
    private synchronized void forget(Partition partition, PartitionLoop loop) {
        loops.remove(partition, loop);
    }

    private PartitionLoop loop(Partition partition) {
        PartitionLoop.Listener listener =
                new PartitionLoop.Listener(offset -> terms.positions().moved(partition, offset), terms.failures());
        return new PartitionLoop(engine, plan, topic, workers, partition, listener);
    }

    private synchronized void start(PartitionLoop loop, long offset) {
        loop.start(offset, paused);
    }

    @Override
    public synchronized void resume() {
        paused = false;
        loops.values().forEach(PartitionLoop::resume);
    }

    @Override
    public synchronized void pause() {
        paused = true;
        loops.values().forEach(PartitionLoop::pause);
    }

    @Override
    public CompletableFuture<Void> stop() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        synchronized (this) {
            stopping = true;
            cancel(looking);
            cancel(keeping);
            all.addAll(ending.values());
            loops.values().forEach(loop -> all.add(loop.stop()));
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .thenCompose(nothing -> terms.positions().keep());
    }

    private static void cancel(Engine.@Nullable Scheduled scheduled) {
        if (scheduled != null) {
            scheduled.cancel();
        }
    }

    private synchronized void lookLater() {
        if (!stopping) {
            cancel(looking);
            looking = engine.schedule(LOOK, this::lookAgain);
        }
    }

    private void lookAgain() {
        CompletableFuture<Void> unused = look(); // which says itself what goes wrong
    }

    private synchronized void keepLater() {
        if (!stopping) {
            keeping = engine.schedule(KEEP, this::keep);
        }
    }

    private void keep() {
        try {
            CompletableFuture<Void> unused = terms.positions().keep().whenComplete((nothing, failure) -> {
                if (failure != null) {
                    LOG.warn("How far '{}' has come in '{}' could not be kept", plan.group(), topic.topic(), failure);
                }
            });
        } finally {
            keepLater();
        }
    }
}
