package io.ternmq.runtime.consume;

import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages of one topic by lease, as many as handlers will soon have use for, has them handled, and renews what is held. Thread-safe.
 *
 * <pre>
 *   take ──► held ──► handler ─┬─ returns ──► done
 *    ▲         │               └─ throws ───► tried again, or dead letter
 *    │         └─ renewed at a third of its time, or after 15 s in a lane
 *    └── as soon as half of what may be held is free: see HeldBudget
 * </pre>
 */
final class TopicLeasing implements TopicConsumption {

    private static final Logger LOG = LoggerFactory.getLogger(TopicLeasing.class);

    /** How long one request waits for messages. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** So long it rests after the engine could not give anything. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** A member of a lane renews that early at least: by that it is known to be there while its handlers take their time. */
    private static final Duration RENEWED_IN_LANE = Duration.ofSeconds(15);

    private final Engine engine;
    private final GroupMember member;
    private final ConsumerPlan plan;
    private final TopicPlan topic;
    private final LeasedHandling handlers;
    private final Workers<List<HeldMessage>> workers;
    private final HeldBudget budget;
    private final int takenMax;
    private final Set<HeldBatch> held = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<List<LeasedMessage>> taking;
    private Engine.@Nullable Scheduled renewal;
    private boolean resting;
    private boolean paused = true;
    private volatile boolean stopping;
    private boolean abandoned;

    TopicLeasing(
            Engine engine,
            GroupMember member,
            ConsumerPlan plan,
            TopicPlan topic,
            Handling handling,
            Executor executor) {
        this.engine = engine;
        this.member = member;
        this.plan = plan;
        this.topic = topic;
        this.handlers = new LeasedHandling(plan, topic, handling, () -> stopping);
        this.workers = new Workers<>(executor, plan.concurrency(), this::handle);
        this.budget = new HeldBudget(plan.concurrency() * topic.countMax(), !plan.ordered(), engine.nanoTime());
        this.takenMax = plan.ordered() ? TopicPlan.COUNT_MAX : GroupMember.TAKE_MAX;
    }

    @Override
    public synchronized void resume() {
        paused = false;
        if (renewal == null && !stopping) {
            renewLater();
        }
        take();
    }

    @Override
    public void pause() {
        cancelTaking(true);
    }

    @Override
    public CompletableFuture<Void> stop() {
        synchronized (this) {
            stopping = true;
            if (budget.isEmpty()) {
                stopped.complete(null);
            }
        }
        cancelTaking(true);
        return stopped.whenComplete((nothing, failure) -> stopRenewing());
    }

    private void cancelTaking(boolean nowPaused) {
        CompletableFuture<List<LeasedMessage>> open;
        synchronized (this) {
            paused = nowPaused;
            open = taking;
        }
        if (open != null) {
            open.complete(List.of());
        }
    }

    private void take() {
        if (taking == null && budget.isHalfFree()) {
            takeNow();
        }
    }

    private synchronized void takeNow() {
        if (paused || stopping || resting || taking != null) {
            return;
        }
        int count = Math.min(budget.room(engine.nanoTime()), takenMax);
        if (count == 0) {
            return;
        }
        CompletableFuture<List<LeasedMessage>> open =
                member.take(new GroupMember.TakeRequest(topic.topic(), count, plan.invisible(), WAIT));
        taking = open;
        CompletableFuture<List<LeasedMessage>> unused = open.whenComplete(this::taken);
    }

    private void taken(@Nullable List<LeasedMessage> leases, @Nullable Throwable failure) {
        if (leases == null) {
            taking = null;
            rest(failure);
            return;
        }
        if (leases.isEmpty()) {
            taking = null;
        } else {
            handOver(held(leases));
        }
        take();
    }

    private HeldBatch held(List<LeasedMessage> leases) {
        HeldBatch batch = new HeldBatch(engine, member, leases);
        held.add(batch);
        synchronized (this) {
            taking = null;
            budget.add(leases.size(), batch.bodyBytes());
        }
        return batch;
    }

    private void handOver(HeldBatch batch) {
        try {
            workers.add(pieces(batch.messages()));
        } catch (RejectedExecutionException e) {
            rest(e);
            for (List<HeldMessage> piece : workers.takeBack()) {
                piece.forEach(HeldMessage::notBegun);
                letGo(piece);
            }
        }
    }

    /** What one call of a handler gets; in order, what one worker hands to it bit by bit. */
    private List<List<HeldMessage>> pieces(List<HeldMessage> messages) {
        if (plan.ordered()) {
            return List.of(messages);
        }
        List<List<HeldMessage>> pieces = new ArrayList<>(messages.size() / topic.countMax() + 1);
        for (int from = 0; from < messages.size(); from += topic.countMax()) {
            int end = Math.min(messages.size(), from + topic.countMax());
            pieces.add(topic.countMax() == 1 ? List.of(messages.get(from)) : messages.subList(from, end));
        }
        return pieces;
    }

    private void rest(@Nullable Throwable failure) {
        synchronized (this) {
            if (stopping) {
                return;
            }
            resting = true;
        }
        LOG.warn(
                "No messages of '{}' could be taken for the group '{}'; trying again in {}",
                topic.topic(),
                plan.group(),
                REST,
                failure == null ? null : Awaiting.cause(failure));
        engine.schedule(REST, () -> {
            synchronized (this) {
                resting = false;
            }
            take();
        });
    }

    private void handle(List<HeldMessage> messages) {
        try {
            handlers.handle(messages);
        } finally {
            letGo(messages);
        }
    }

    private void letGo(List<HeldMessage> messages) {
        for (HeldMessage message : messages) {
            HeldBatch batch = message.batch();
            if (batch.letGo()) {
                held.remove(batch);
                budget.removeBytes(batch.bodyBytes());
            }
        }
        if (budget.remove(messages.size()) == 0) {
            endIfStopping();
        }
        take();
    }

    private synchronized void endIfStopping() {
        if (stopping && budget.isEmpty()) {
            stopped.complete(null);
        }
    }

    private Duration renewedAfter() {
        Duration third = plan.invisible().dividedBy(3);
        boolean isEarlier = plan.options().lane().isPresent() && third.compareTo(RENEWED_IN_LANE) > 0;
        return isEarlier ? RENEWED_IN_LANE : third;
    }

    private synchronized void renewLater() {
        Duration after = renewedAfter();
        renewal = engine.schedule(after.dividedBy(2), () -> {
            try {
                Instant now = engine.clock().instant();
                held.forEach(batch -> batch.messages().forEach(message -> message.renew(plan.invisible(), after, now)));
            } catch (RuntimeException e) {
                LOG.warn("Leases of '{}' could not be renewed; trying again", plan.group(), e);
            } finally {
                renewUnlessStopped();
            }
        });
    }

    private synchronized void renewUnlessStopped() {
        if (!stopped.isDone() && !abandoned) {
            renewLater();
        }
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        stopRenewing();
    }

    private synchronized void stopRenewing() {
        if (renewal != null) {
            renewal.cancel();
        }
    }
}
