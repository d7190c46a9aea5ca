package io.ternmq.runtime.consume;

import io.ternmq.AllocationStrategy;
import io.ternmq.BatchHandler;
import io.ternmq.ConsumeInterceptor;
import io.ternmq.ConsumerBuilder;
import io.ternmq.Filter;
import io.ternmq.MembershipListener;
import io.ternmq.MessageHandler;
import io.ternmq.ReceivedMessage;
import io.ternmq.RequestHandler;
import io.ternmq.Retry;
import io.ternmq.StartAt;
import io.ternmq.Subscription;
import io.ternmq.engine.MemberTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Gathers a {@link ConsumerPlan}, and starts a member with it. */
public final class EngineConsumerBuilder implements ConsumerBuilder {

    private static final int CONCURRENCY = 16;
    private static final int COUNT_MAX = 1_024;
    private static final Duration INVISIBLE = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Members members;
    private final String group;
    private final List<TopicPlan> topics = new ArrayList<>();
    private final List<ConsumeInterceptor> interceptors;
    private int concurrency = CONCURRENCY;
    private boolean ordered;
    private boolean broadcast;
    private Retry retry = Retry.classic();
    private Duration invisible = INVISIBLE;
    private Duration closeTimeout = CLOSE_TIMEOUT;
    private @Nullable Executor executor;
    private @Nullable String lane;
    private @Nullable StartAt start;
    private @Nullable Path offsets;
    private @Nullable AllocationStrategy allocation;
    private @Nullable MembershipListener membership;

    /**
     * Begins a member.
     *
     * @param members      starts it
     * @param group        which group
     * @param interceptors those of the queue
     */
    public EngineConsumerBuilder(Members members, String group, List<ConsumeInterceptor> interceptors) {
        this.members = members;
        this.group = group;
        this.interceptors = new ArrayList<>(interceptors);
    }

    @Override
    public ConsumerBuilder on(String topic, MessageHandler handler) {
        return on(topic, Filter.all(), handler);
    }

    @Override
    public ConsumerBuilder on(String topic, Filter filter, MessageHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return add(new TopicPlan(topic, filter, 1, messages -> handler.handle(messages.get(0))));
    }

    @Override
    public ConsumerBuilder onBatch(String topic, Filter filter, int countMax, BatchHandler handler) {
        return add(new TopicPlan(
                topic,
                filter,
                within("countMax", countMax, TopicPlan.COUNT_MAX),
                Objects.requireNonNull(handler, "handler")));
    }

    @Override
    public ConsumerBuilder answer(String topic, RequestHandler handler) {
        Objects.requireNonNull(handler, "handler");
        return add(new TopicPlan(topic, Filter.all(), 1, messages -> {
            ReceivedMessage request = messages.get(0);
            members.reply(request, handler.answer(request));
        }));
    }

    @Override
    public ConsumerBuilder concurrency(int count) {
        concurrency = within("concurrency", count, COUNT_MAX);
        return this;
    }

    @Override
    public ConsumerBuilder executor(Executor newExecutor) {
        executor = Objects.requireNonNull(newExecutor, "executor");
        return this;
    }

    @Override
    public ConsumerBuilder ordered() {
        ordered = true;
        return this;
    }

    @Override
    public ConsumerBuilder broadcast() {
        broadcast = true;
        return this;
    }

    @Override
    public ConsumerBuilder allocate(AllocationStrategy strategy) {
        allocation = Objects.requireNonNull(strategy, "strategy");
        return this;
    }

    @Override
    public ConsumerBuilder offsetsIn(Path file) {
        offsets = Objects.requireNonNull(file, "file");
        return this;
    }

    @Override
    public ConsumerBuilder startAt(StartAt newStart) {
        start = Objects.requireNonNull(newStart, "start");
        return this;
    }

    @Override
    public ConsumerBuilder retry(Retry newRetry) {
        retry = Objects.requireNonNull(newRetry, "retry");
        return this;
    }

    @Override
    public ConsumerBuilder invisible(Duration duration) {
        invisible = InvisibleTime.check(duration);
        return this;
    }

    @Override
    public ConsumerBuilder lane(String newLane) {
        if (newLane.isEmpty()) {
            throw new IllegalArgumentException("lane: '' (expected: not empty)");
        }
        lane = newLane;
        return this;
    }

    @Override
    public ConsumerBuilder intercept(ConsumeInterceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    @Override
    public ConsumerBuilder membership(MembershipListener listener) {
        membership = Objects.requireNonNull(listener, "listener");
        return this;
    }

    @Override
    public ConsumerBuilder closeTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("closeTimeout: " + timeout + " (expected: 0 or more)");
        }
        closeTimeout = timeout;
        return this;
    }

    @Override
    public Subscription start() {
        if (topics.isEmpty()) {
            throw new IllegalStateException("the consumer of '" + group + "' has no topic (expected: one or more)");
        }
        if (offsets != null && !broadcast) {
            throw new IllegalStateException("offsets in a file: of a consumer that shares (expected: with broadcast)");
        }
        if ((broadcast ? 1 : 0) + (ordered ? 1 : 0) + (allocation != null ? 1 : 0) > 1) {
            throw new IllegalStateException("broadcast, ordered and allocate: several (expected: one at most)");
        }
        if (lane != null && (broadcast || allocation != null)) {
            throw new IllegalStateException(
                    "lane: with broadcast or allocate (expected: without, since lanes are matched as messages are leased)");
        }
        return members.start(plan());
    }

    private ConsumerPlan plan() {
        return new ConsumerPlan(
                group,
                mode(),
                List.copyOf(topics),
                concurrency,
                ordered,
                retry,
                invisible,
                new ConsumerPlan.Options(
                        Optional.ofNullable(executor),
                        Optional.ofNullable(lane),
                        Optional.ofNullable(start),
                        Optional.ofNullable(offsets),
                        Optional.ofNullable(allocation),
                        Optional.ofNullable(membership),
                        closeTimeout),
                List.copyOf(interceptors));
    }

    private MemberTerms.Mode mode() {
        if (broadcast) {
            return MemberTerms.Mode.BROADCAST;
        }
        return allocation == null ? MemberTerms.Mode.LEASED : MemberTerms.Mode.PARTITIONED;
    }

    private ConsumerBuilder add(TopicPlan topic) {
        if (topics.stream().anyMatch(known -> known.topic().equals(topic.topic()))) {
            throw new IllegalArgumentException("topic: '" + topic.topic() + "' (expected: each one once)");
        }
        topics.add(topic);
        return this;
    }

    private static int within(String what, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 1 to " + max + ")");
        }
        return value;
    }
}
