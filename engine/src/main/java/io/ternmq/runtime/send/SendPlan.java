package io.ternmq.runtime.send;

import io.ternmq.QueueSelector;
import io.ternmq.QueueSelectors;
import io.ternmq.SendInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a producer sends.
 *
 * @param timeout      how long a send may take with all attempts
 * @param attempts     how often it is tried
 * @param selector     chooses partitions
 * @param interceptors see messages in this order
 * @param lane         of messages without one
 */
public record SendPlan(
        Duration timeout,
        int attempts,
        QueueSelector selector,
        List<SendInterceptor> interceptors,
        Optional<String> lane) {

    static final Duration TIMEOUT = Duration.ofSeconds(3);
    static final int ATTEMPTS = 3;

    public static SendPlan of(List<SendInterceptor> interceptors) {
        return new SendPlan(
                TIMEOUT, ATTEMPTS, QueueSelectors.byKeyOrInTurn(), List.copyOf(interceptors), Optional.empty());
    }

    public SendPlan withTimeout(Duration newTimeout) {
        if (newTimeout.isNegative() || newTimeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + newTimeout + " (expected: more than nothing)");
        }
        return new SendPlan(newTimeout, attempts, selector, interceptors, lane);
    }

    public SendPlan withAttempts(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("attempts: " + count + " (expected: 1 or more)");
        }
        return new SendPlan(timeout, count, selector, interceptors, lane);
    }

    public SendPlan withSelector(QueueSelector newSelector) {
        return new SendPlan(timeout, attempts, newSelector, interceptors, lane);
    }

    public SendPlan withInterceptor(SendInterceptor interceptor) {
        List<SendInterceptor> more = new ArrayList<>(interceptors);
        more.add(interceptor);
        return new SendPlan(timeout, attempts, selector, List.copyOf(more), lane);
    }

    public SendPlan withLane(String newLane) {
        if (newLane.isEmpty()) {
            throw new IllegalArgumentException("lane: '' (expected: not empty)");
        }
        return new SendPlan(timeout, attempts, selector, interceptors, Optional.of(newLane));
    }
}
