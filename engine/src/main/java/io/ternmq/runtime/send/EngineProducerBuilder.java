package io.ternmq.runtime.send;

import io.ternmq.Producer;
import io.ternmq.ProducerBuilder;
import io.ternmq.QueueSelector;
import io.ternmq.SendInterceptor;
import java.time.Duration;
import java.util.function.Function;

/** Gathers a {@link SendPlan}. */
public final class EngineProducerBuilder implements ProducerBuilder {

    private final Function<SendPlan, Producer> opening;
    private SendPlan plan;

    public EngineProducerBuilder(SendPlan plan, Function<SendPlan, Producer> opening) {
        this.plan = plan;
        this.opening = opening;
    }

    @Override
    public ProducerBuilder timeout(Duration timeout) {
        plan = plan.withTimeout(timeout);
        return this;
    }

    @Override
    public ProducerBuilder attempts(int count) {
        plan = plan.withAttempts(count);
        return this;
    }

    @Override
    public ProducerBuilder selector(QueueSelector selector) {
        plan = plan.withSelector(selector);
        return this;
    }

    @Override
    public ProducerBuilder intercept(SendInterceptor interceptor) {
        plan = plan.withInterceptor(interceptor);
        return this;
    }

    @Override
    public ProducerBuilder lane(String lane) {
        plan = plan.withLane(lane);
        return this;
    }

    @Override
    public Producer open() {
        return opening.apply(plan);
    }
}
