package io.ternmq.runtime.consume;

import io.ternmq.AllocationStrategy;
import io.ternmq.ConsumeInterceptor;
import io.ternmq.Filter;
import io.ternmq.MembershipListener;
import io.ternmq.Retry;
import io.ternmq.StartAt;
import io.ternmq.engine.MemberTerms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * How one member of a group consumes.
 *
 * @param group        which group
 * @param mode         what its members share
 * @param topics       what it consumes
 * @param concurrency  how many handlers of a topic run at a time
 * @param ordered      whether messages of one ordering group come one after the other
 * @param retry        when failed messages are tried again
 * @param invisible    how long a message is leased
 * @param options      what may be missing
 * @param interceptors stand around handlers, the first outermost
 */
record ConsumerPlan(
        String group,
        MemberTerms.Mode mode,
        List<TopicPlan> topics,
        int concurrency,
        boolean ordered,
        Retry retry,
        Duration invisible,
        Options options,
        List<ConsumeInterceptor> interceptors) {

    /**
     * What may be missing.
     *
     * @param executor     runs handlers
     * @param lane         whose messages it gets
     * @param start        where a new group begins
     * @param offsets      where a broadcast member keeps its progress
     * @param allocation   who gets which partitions
     * @param membership   is told who is in the group
     * @param closeTimeout how long closing waits for handlers
     */
    record Options(
            Optional<Executor> executor,
            Optional<String> lane,
            Optional<StartAt> start,
            Optional<Path> offsets,
            Optional<AllocationStrategy> allocation,
            Optional<MembershipListener> membership,
            Duration closeTimeout) {}

    MemberTerms terms() {
        Map<String, Filter> filters = new LinkedHashMap<>();
        topics.forEach(topic -> filters.put(topic.topic(), topic.filter()));
        return new MemberTerms(group, mode, filters, ordered, options.lane(), start());
    }

    StartAt start() {
        boolean forgets =
                mode == MemberTerms.Mode.BROADCAST && options.offsets().isEmpty();
        return options.start().orElse(forgets ? StartAt.LATEST : StartAt.EARLIEST);
    }
}
