package io.ternmq.runtime.consume;

import io.ternmq.AllocationStrategy;
import io.ternmq.Filter;
import io.ternmq.MembershipListener;
import io.ternmq.Partition;
import io.ternmq.ReceivedMessage;
import io.ternmq.Subscription;
import io.ternmq.engine.Engine;
import io.ternmq.engine.GroupMember;
import io.ternmq.engine.MemberTerms;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Inheritance;
import io.ternmq.runtime.message.Received;
import io.ternmq.runtime.read.FilePositions;
import io.ternmq.runtime.read.GroupPositions;
import io.ternmq.runtime.read.Positions;
import io.ternmq.runtime.read.StartPositions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts members of groups, and knows those that run. Thread-safe. */
public final class Members {

    private static final Logger LOG = LoggerFactory.getLogger(Members.class);

    /** What came back to a group lies in a topic of this name and the group's; in every engine that shares partitions. */
    private static final String RETRY_PREFIX = "%RETRY%";

    private final Engine engine;
    private final Inheritance inheritance;
    private final Converters converters;
    private final Set<EngineSubscription> running = ConcurrentHashMap.newKeySet();

    /**
     * Begins without members.
     *
     * @param engine      has the messages
     * @param inheritance what is sent while something is handled takes over from it
     * @param converters  know bodies
     */
    public Members(Engine engine, Inheritance inheritance, Converters converters) {
        this.engine = engine;
        this.inheritance = inheritance;
        this.converters = converters;
    }

    /** Ends all that run. None takes anything more while another one's handlers are waited for, each for as long as it says. */
    public void close() {
        Map<EngineSubscription, CompletableFuture<Boolean>> ending = new LinkedHashMap<>();
        running.forEach(each -> ending.put(each, each.ending()));
        ending.forEach(EngineSubscription::leave);
    }

    /**
     * Answers a request.
     *
     * @param request what was received
     * @param body    the answer
     */
    void reply(ReceivedMessage request, Object body) {
        if (!(request instanceof Received received)) {
            throw new IllegalArgumentException("request: " + request + " (expected: a message that was received here)");
        }
        Awaiting.get(engine.reply(received.stored(), converters.write(body)));
    }

    Subscription start(ConsumerPlan plan) {
        AtomicReference<@Nullable Runnable> news = new AtomicReference<>();
        GroupMember member = Awaiting.get(engine.join(plan.terms(), () -> {
            Runnable told = news.get();
            if (told != null) {
                told.run();
            }
        }));
        ThreadPoolExecutor own = plan.options().executor().isPresent()
                ? null
                : HandlerThreads.of(
                        plan.group(), plan.concurrency() * plan.topics().size());
        Executor executor = own != null ? own : plan.options().executor().orElseThrow();
        Handling handling = new Handling(plan.group(), plan.interceptors(), inheritance, converters);
        List<TopicConsumption> topics = new ArrayList<>();
        AtomicReference<@Nullable EngineSubscription> self = new AtomicReference<>();
        EngineSubscription subscription = new EngineSubscription(engine, plan, member, topics, () -> {
            EngineSubscription ended = self.get();
            if (ended != null) {
                running.remove(ended);
            }
            if (own != null) {
                own.shutdown();
            }
        });
        self.set(subscription);
        running.add(subscription);
        try {
            begin(plan, member, handling, executor, topics);
        } catch (RuntimeException e) {
            subscription.close();
            throw e;
        }
        member.onReset(offsets -> reset(topics, offsets));
        news.set(() -> changed(plan, member, topics));
        changed(plan, member, topics);
        return subscription;
    }

    private void begin(
            ConsumerPlan plan,
            GroupMember member,
            Handling handling,
            Executor executor,
            List<TopicConsumption> topics) {
        if (plan.mode() == MemberTerms.Mode.LEASED) {
            for (TopicPlan topic : plan.topics()) {
                topics.add(new TopicLeasing(engine, member, plan, topic, handling, executor));
            }
            topics.forEach(TopicConsumption::resume);
            return;
        }
        Positions positions = positions(plan);
        List<CompletableFuture<Void>> beginning = new ArrayList<>();
        for (TopicPlan topic : topicsOf(plan)) {
            TopicReading reading =
                    new TopicReading(engine, plan, topic, handling, executor, terms(plan, member, positions));
            topics.add(reading);
            beginning.add(reading.begin());
        }
        Awaiting.get(CompletableFuture.allOf(beginning.toArray(CompletableFuture<?>[]::new)));
    }

    /** Those who share partitions read what came back to their group, too. */
    private static List<TopicPlan> topicsOf(ConsumerPlan plan) {
        if (plan.mode() == MemberTerms.Mode.BROADCAST) {
            return plan.topics();
        }
        List<TopicPlan> all = new ArrayList<>(plan.topics());
        all.add(new TopicPlan(RETRY_PREFIX + plan.group(), Filter.all(), 1, messages -> {
            for (TopicPlan topic : plan.topics()) {
                if (topic.topic().equals(messages.get(0).topic())) {
                    topic.handler().handle(messages);
                    return;
                }
            }
            throw new IllegalStateException("topic: '" + messages.get(0).topic() + "' (expected: one of the group's)");
        }));
        return all;
    }

    private Positions positions(ConsumerPlan plan) {
        Positions start = StartPositions.at(engine, plan.start());
        if (plan.mode() == MemberTerms.Mode.PARTITIONED) {
            return new GroupPositions(engine, plan.group(), start);
        }
        return plan.options()
                .offsets()
                .<Positions>map(file -> new FilePositions(file, start))
                .orElse(start);
    }

    private static TopicReading.Terms terms(ConsumerPlan plan, GroupMember member, Positions positions) {
        if (plan.mode() == MemberTerms.Mode.BROADCAST) {
            return new TopicReading.Terms(positions, partitions -> partitions, (message, failure) -> {
                LOG.warn(
                        "The handler of '{}' failed for message {}; a broadcast message is not tried again",
                        plan.group(),
                        message.id(),
                        failure);
                return Members::nothing;
            });
        }
        AllocationStrategy strategy = plan.options().allocation().orElseThrow();
        return new TopicReading.Terms(
                positions,
                partitions -> strategy.allocate(member.name(), member.members(), partitions),
                (message, failure) -> sendingBack(plan, member, message, failure));
    }

    @SuppressWarnings("NullAway") // the one value of Void
    private static CompletableFuture<Void> nothing() {
        return CompletableFuture.completedFuture(null);
    }

    private static Supplier<CompletableFuture<Void>> sendingBack(
            ConsumerPlan plan, GroupMember member, StoredMessage message, Throwable failure) {
        LOG.warn("The handler of '{}' failed for message {}", plan.group(), message.id(), failure);
        Duration delay = Failures.delay(plan.retry(), message.attempt(), failure);
        return () -> member.sendBack(message, delay);
    }

    private static void reset(List<TopicConsumption> topics, Map<Partition, Long> offsets) {
        for (TopicConsumption topic : topics) {
            if (topic instanceof TopicReading reading) {
                reading.reset(offsets);
            }
        }
    }

    private static void changed(ConsumerPlan plan, GroupMember member, List<TopicConsumption> topics) {
        List<CompletableFuture<Void>> looking = new ArrayList<>();
        for (TopicConsumption topic : topics) {
            if (topic instanceof TopicReading reading && plan.mode() == MemberTerms.Mode.PARTITIONED) {
                looking.add(reading.look());
            }
        }
        MembershipListener listener = plan.options().membership().orElse(null);
        if (listener != null) {
            CompletableFuture<Void> unused = CompletableFuture.allOf(looking.toArray(CompletableFuture<?>[]::new))
                    .whenComplete((nothing, failure) -> listener.changed(member.members(), assigned(topics)));
        }
    }

    private static List<Partition> assigned(List<TopicConsumption> topics) {
        List<Partition> all = new ArrayList<>();
        for (TopicConsumption topic : topics) {
            if (topic instanceof TopicReading reading) {
                all.addAll(reading.partitions());
            }
        }
        return all;
    }
}
