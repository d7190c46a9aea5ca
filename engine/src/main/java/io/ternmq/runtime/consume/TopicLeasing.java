package io.ternmq.runtime.consume;

import io.ternmq.RetryLaterException;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.LeasedMessage;
import io.ternmq.engine.StoredMessage;
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
 * Takes messages of one topic by lease, as many as handlers will soon have use for, has them handled, and renews what is held.
 *
 * <pre>
 *   take ──► held ──► handler ─┬─ returns ──► done
 *    ▲         │               └─ throws ───► tried again, or dead letter
 *    │         └─ renewed at a third of its time, or after 15 s in a lane
 *    └── as soon as half of what may be held is free
 * </pre>
 */
final class TopicLeasing implements TopicConsumption {

    private static final Logger LOG = LoggerFactory.getLogger(TopicLeasing.class);

    /** How long one request waits for messages. */
    private static final Duration WAIT = Duration.ofSeconds(20);

    /** So long it rests after the engine could not give anything. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** So many messages at most are held besides those that handlers may have. */
    private static final int AHEAD_MAX = 512;

    /** A member of a lane renews that early at least: by that it is known to be there while its handlers take their time. */
    private static final Duration RENEWED_IN_LANE = Duration.ofSeconds(15);

    private final Engine engine;
    private final GroupMember member;
    private final ConsumerPlan plan;
    private final TopicPlan topic;
    private final Handling handling;
    private final Executor executor;
    private final int heldMax;
    private final Set<HeldMessage> held = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable CompletableFuture<List<LeasedMessage>> taking;
    private Engine.@Nullable Scheduled renewal;
    private boolean resting;
    private boolean paused = true;
    private boolean stopping;
    private boolean abandoned;
    private int heldCount;

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
        this.handling = handling;
        this.executor = executor;
        int handled = plan.concurrency() * topic.countMax();
        this.heldMax = handled + Math.min(handled, AHEAD_MAX);
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
            if (heldCount == 0) {
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

    private synchronized void take() {
        int free = heldMax - heldCount;
        if (paused || stopping || resting || taking != null || 2 * free < heldMax) {
            return;
        }
        int count = Math.min(free, GroupMember.TAKE_MAX);
        taking = member.take(new GroupMember.TakeRequest(topic.topic(), count, plan.invisible(), WAIT));
        CompletableFuture<List<LeasedMessage>> unused = taking.whenComplete(this::taken);
    }

    private void taken(@Nullable List<LeasedMessage> leases, @Nullable Throwable failure) {
        synchronized (this) {
            taking = null;
            heldCount += leases == null ? 0 : leases.size();
        }
        if (leases == null) {
            rest(failure);
            return;
        }
        List<HeldMessage> taken = new ArrayList<>(leases.size());
        for (LeasedMessage lease : leases) {
            HeldMessage message = new HeldMessage(engine, member, lease);
            held.add(message);
            taken.add(message);
        }
        if (plan.ordered()) {
            handOver(taken, () -> handleInOrder(taken));
        } else {
            for (int from = 0; from < taken.size(); from += topic.countMax()) {
                List<HeldMessage> some = taken.subList(from, Math.min(taken.size(), from + topic.countMax()));
                handOver(some, () -> handle(some));
            }
        }
        take();
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

    private void handOver(List<HeldMessage> messages, Runnable handler) {
        if (messages.isEmpty()) {
            return;
        }
        try {
            executor.execute(handler);
        } catch (RejectedExecutionException e) {
            messages.forEach(HeldMessage::notBegun);
            letGo(messages);
            rest(e);
        }
    }

    private void handle(List<HeldMessage> messages) {
        try {
            if (isStopping()) {
                messages.forEach(HeldMessage::notBegun);
            } else {
                handleNow(messages);
            }
        } finally {
            letGo(messages);
        }
    }

    /** They all have one ordering key: what comes behind one that failed must wait for it. */
    private void handleInOrder(List<HeldMessage> messages) {
        int next = 0;
        try {
            boolean goOn = true;
            while (next < messages.size() && goOn && !isStopping()) {
                int end = Math.min(messages.size(), next + topic.countMax());
                goOn = handleNow(messages.subList(next, end));
                next = end;
            }
        } finally {
            messages.subList(next, messages.size()).forEach(HeldMessage::notBegun);
            letGo(messages);
        }
    }

    private boolean handleNow(List<HeldMessage> messages) {
        List<StoredMessage> stored = messages.stream().map(HeldMessage::message).toList();
        try {
            handling.handle(topic.handler(), stored);
        } catch (Throwable failure) { // whatever the application throws, its messages are given back
            messages.forEach(message -> failed(message, failure));
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
        messages.forEach(HeldMessage::done);
        return true;
    }

    private void failed(HeldMessage message, Throwable failure) {
        int attempt = message.message().attempt();
        Duration delay = Failures.delay(plan.retry(), attempt, failure);
        String id = message.message().id();
        if (delay.equals(Failures.NEVER)) {
            LOG.warn("Message {} becomes a dead letter of '{}'", id, plan.group(), failure);
            message.bury();
        } else if (failure instanceof RetryLaterException) {
            message.tryAgain(delay); // the handler means it: nothing to complain of
        } else {
            LOG.warn(
                    "The handler of '{}' failed for message {} (attempt {}), again in {}",
                    plan.group(),
                    id,
                    attempt,
                    delay,
                    failure);
            message.tryAgain(delay);
        }
    }

    private void letGo(List<HeldMessage> messages) {
        messages.forEach(held::remove);
        synchronized (this) {
            heldCount -= messages.size();
            if (stopping && heldCount == 0) {
                stopped.complete(null);
            }
        }
        take();
    }

    private synchronized boolean isStopping() {
        return stopping;
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
                held.forEach(message -> message.renew(plan.invisible(), after, now));
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
