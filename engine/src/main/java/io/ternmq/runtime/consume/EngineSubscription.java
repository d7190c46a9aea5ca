package io.ternmq.runtime.consume;

import io.ternmq.Lag;
import io.ternmq.Subscription;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.MemberTerms;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member that consumes. */
final class EngineSubscription implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSubscription.class);

    private final Engine engine;
    private final ConsumerPlan plan;
    private final GroupMember member;
    private final List<? extends TopicConsumption> topics;
    private final Runnable whenClosed;
    private final AtomicBoolean left = new AtomicBoolean();
    private @Nullable CompletableFuture<Void> stopping;
    private volatile boolean paused;

    /** @param whenClosed lets go of what belongs to it */
    EngineSubscription(
            Engine engine,
            ConsumerPlan plan,
            GroupMember member,
            List<? extends TopicConsumption> topics,
            Runnable whenClosed) {
        this.engine = engine;
        this.plan = plan;
        this.member = member;
        this.topics = topics;
        this.whenClosed = whenClosed;
    }

    @Override
    public String group() {
        return plan.group();
    }

    @Override
    public Set<String> topics() {
        Set<String> names = new LinkedHashSet<>();
        plan.topics().forEach(topic -> names.add(topic.topic()));
        return names;
    }

    @Override
    public void pause() {
        paused = true;
        topics.forEach(TopicConsumption::pause);
    }

    @Override
    public void resume() {
        paused = false;
        topics.forEach(TopicConsumption::resume);
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public Lag lag() {
        return plan.mode() == MemberTerms.Mode.BROADCAST ? ownLag() : groupLag();
    }

    private Lag groupLag() {
        Lag sum = Lag.NONE;
        for (String topic : topics()) {
            sum = sum.plus(Awaiting.get(engine.lag(plan.group(), topic)));
        }
        return sum;
    }

    private Lag ownLag() {
        Lag sum = Lag.NONE;
        for (TopicConsumption topic : topics) {
            if (topic instanceof TopicReading reading) {
                sum = sum.plus(reading.lag());
            }
        }
        return sum;
    }

    @Override
    public void close() {
        leave(ending(plan.options().closeTimeout()));
    }

    @Override
    public boolean close(Duration timeout) {
        return leave(ending(timeout));
    }

    /** Takes nothing more. @return whether its handlers end within the consumer's close timeout, to be handed to {@link #leave} */
    CompletableFuture<Boolean> ending() {
        return ending(plan.options().closeTimeout());
    }

    private CompletableFuture<Boolean> ending(Duration timeout) {
        return stopped()
                .handle((nothing, failure) -> {
                    if (failure != null) {
                        LOG.warn("How far '{}' has come could not be kept", plan.group(), Awaiting.cause(failure));
                    }
                    return true;
                })
                .completeOnTimeout(false, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end, and leaves the group. @return whether all handlers have ended */
    boolean leave(CompletableFuture<Boolean> ending) {
        boolean ended = hasEnded(ending);
        if (!ended) {
            LOG.warn("Handlers of '{}' still run when its time to close is over", plan.group());
            topics.forEach(TopicConsumption::abandon);
        }
        if (!left.getAndSet(true)) {
            member.close();
            whenClosed.run();
        }
        return ended;
    }

    /** Every call waits for the same end. */
    private synchronized CompletableFuture<Void> stopped() {
        if (stopping == null) {
            stopping = CompletableFuture.allOf(
                    topics.stream().map(TopicConsumption::stop).toArray(CompletableFuture<?>[]::new));
        }
        return stopping;
    }

    private static boolean hasEnded(CompletableFuture<Boolean> ending) {
        try {
            return ending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
