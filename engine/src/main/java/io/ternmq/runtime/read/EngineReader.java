package io.ternmq.runtime.read;

import io.ternmq.ClosedException;
import io.ternmq.Filter;
import io.ternmq.Lag;
import io.ternmq.Partition;
import io.ternmq.Reader;
import io.ternmq.ReceivedMessage;
import io.ternmq.engine.Engine;
import io.ternmq.engine.OffsetRange;
import io.ternmq.engine.ReadAnswer;
import io.ternmq.engine.ReadRequest;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Reads partitions in turn. For one thread. */
final class EngineReader implements Reader, Takers.Taker {

    private static final int COUNT_MAX = 1_024;
    private static final Duration LOOK = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Engine engine;
    private final Converters converters;
    private final Takers takers;
    private final Plan plan;
    private final Map<Partition, Long> next = new LinkedHashMap<>();
    private final Map<Partition, CompletableFuture<ReadAnswer>> waiting = new ConcurrentHashMap<>();
    private final Set<Partition> paused = new HashSet<>();
    private Instant look;
    private int turn;
    private volatile boolean closed;

    /**
     * What is read.
     *
     * @param topic     which topic
     * @param group     in whose name
     * @param filter    which messages
     * @param positions where to begin, and where positions are kept
     * @param keeps     whether they are kept at all
     */
    record Plan(String topic, String group, Filter filter, Positions positions, boolean keeps) {}

    EngineReader(Engine engine, Converters converters, Takers takers, Plan plan) {
        this.engine = engine;
        this.converters = converters;
        this.takers = takers;
        this.plan = plan;
        this.look = Instant.MIN;
        lookForPartitions();
    }

    /** Topics come into being, and partitions are added. */
    private void lookForPartitions() {
        Instant now = engine.clock().instant();
        if (!next.isEmpty() && now.isBefore(look)) {
            return;
        }
        look = now.plus(LOOK);
        for (Partition partition : Awaiting.get(engine.readable(plan.topic()))) {
            if (!next.containsKey(partition)) {
                next.put(partition, Awaiting.get(plan.positions().begin(partition)));
            }
        }
    }

    @Override
    public List<Partition> partitions() {
        return List.copyOf(next.keySet());
    }

    @Override
    public List<ReceivedMessage> read(int countMax, Duration wait) {
        if (countMax < 1 || countMax > COUNT_MAX) {
            throw new IllegalArgumentException("countMax: " + countMax + " (expected: 1 to " + COUNT_MAX + ")");
        }
        if (closed) {
            throw new ClosedException("the reader of '" + plan.topic() + "' is closed");
        }
        lookForPartitions();
        List<ReceivedMessage> messages = new ArrayList<>();
        List<Partition> active = next.keySet().stream()
                .filter(partition -> !paused.contains(partition))
                .toList();
        for (int i = 0; i < active.size() && messages.size() < countMax; i++) {
            Partition partition = active.get((turn + i) % active.size());
            if (!readNow(partition, countMax, messages)) {
                break;
            }
        }
        turn++;
        if (messages.isEmpty() && !wait.isZero() && !active.isEmpty()) {
            await(active, countMax, wait, messages);
        }
        return messages;
    }

    /** What was read already is not lost to a failure of the next partition, which the next call meets again. */
    private boolean readNow(Partition partition, int countMax, List<ReceivedMessage> messages) {
        try {
            take(partition, Awaiting.get(ask(partition, countMax - messages.size(), Duration.ZERO)), messages);
            return true;
        } catch (RuntimeException e) {
            if (messages.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    /** Asks all partitions at once, and takes what the first one gives; the others are told to forget it. */
    private void await(List<Partition> active, int countMax, Duration wait, List<ReceivedMessage> messages) {
        CompletableFuture<Partition> first = new CompletableFuture<>();
        List<CompletableFuture<ReadAnswer>> all = new ArrayList<>();
        for (Partition partition : active) {
            CompletableFuture<ReadAnswer> answer = ask(partition, countMax, wait);
            waiting.put(partition, answer);
            all.add(answer.whenComplete((read, failure) -> {
                if (closed) {
                    first.complete(partition);
                } else if (failure != null) {
                    first.completeExceptionally(failure);
                } else if (!read.messages().isEmpty()) {
                    first.complete(partition);
                }
            }));
        }
        CompletableFuture<Void> unused = CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .whenComplete((nothing, failure) -> first.complete(active.get(0)));
        try {
            Partition found = Awaiting.get(first, wait.plus(GRACE));
            if (closed) {
                return;
            }
            CompletableFuture<ReadAnswer> answer = waiting.get(found);
            if (answer != null && answer.isDone()) {
                take(found, Awaiting.get(answer), messages);
            }
        } finally {
            waiting.values().forEach(answer -> answer.cancel(false));
            waiting.clear();
        }
    }

    private CompletableFuture<ReadAnswer> ask(Partition partition, int countMax, Duration wait) {
        return engine.read(
                new ReadRequest(plan.group(), partition, position(partition), plan.filter(), countMax, wait));
    }

    private void take(Partition partition, ReadAnswer answer, List<ReceivedMessage> messages) {
        answer.messages().forEach(message -> messages.add(new Received(message, converters)));
        move(partition, answer.nextOffset());
    }

    @Override
    public long position(Partition partition) {
        Long position = next.get(partition);
        if (position == null) {
            throw new IllegalArgumentException("partition: " + partition + " (expected: one of " + next.keySet() + ")");
        }
        return position;
    }

    @Override
    public void seek(Partition partition, long offset) {
        position(partition); // refuses what is not read here
        move(partition, Awaiting.get(engine.range(partition)).clamp(offset));
    }

    @Override
    public void seek(Instant time) {
        partitions().forEach(partition -> move(partition, Awaiting.get(engine.offsetAt(partition, time))));
    }

    @Override
    public void seekToBeginning() {
        partitions().forEach(partition -> move(partition, range(partition).begin()));
    }

    @Override
    public void seekToEnd() {
        partitions().forEach(partition -> move(partition, range(partition).end()));
    }

    @Override
    public void pause(Partition partition) {
        position(partition); // refuses what is not read here
        paused.add(partition);
    }

    @Override
    public void resume(Partition partition) {
        paused.remove(partition);
    }

    @Override
    public void commit() {
        if (!plan.keeps()) {
            throw new IllegalStateException(
                    "the reader of '" + plan.topic() + "' keeps no position (expected: one with a group or a file)");
        }
        Awaiting.get(plan.positions().keep());
    }

    @Override
    public Lag lag() {
        return new ReadingLag(engine, plan.group(), plan.filter()).of(next);
    }

    @Override
    public void close() {
        closed = true;
        takers.closed(this);
        waiting.values().forEach(answer -> answer.cancel(false));
    }

    private OffsetRange range(Partition partition) {
        return Awaiting.get(engine.range(partition));
    }

    private void move(Partition partition, long offset) {
        next.put(partition, offset);
        plan.positions().moved(partition, offset);
    }
}
