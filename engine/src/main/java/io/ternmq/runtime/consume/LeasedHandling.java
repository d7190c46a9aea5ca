package io.ternmq.runtime.consume;

import io.ternmq.RetryLaterException;
import io.ternmq.engine.StoredMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has leased messages of one topic handled, and ends their leases as it went. Thread-safe. */
final class LeasedHandling {

    private static final Logger LOG = LoggerFactory.getLogger(LeasedHandling.class);

    private final ConsumerPlan plan;
    private final TopicPlan topic;
    private final Handling handling;
    private final BooleanSupplier stopping;

    /** @param stopping tells whether nothing shall be begun any more */
    LeasedHandling(ConsumerPlan plan, TopicPlan topic, Handling handling, BooleanSupplier stopping) {
        this.plan = plan;
        this.topic = topic;
        this.handling = handling;
        this.stopping = stopping;
    }

    /**
     * Handles what one worker got. In an ordered group these have one ordering key: what comes behind one that failed must wait for it.
     *
     * @param messages ends with a lease for none of them
     */
    void handle(List<HeldMessage> messages) {
        int next = 0;
        try {
            boolean goOn = true;
            while (next < messages.size() && goOn && !stopping.getAsBoolean()) {
                int end = Math.min(messages.size(), next + topic.countMax());
                goOn = handleNow(messages.subList(next, end));
                next = end;
            }
        } finally {
            messages.subList(next, messages.size()).forEach(HeldMessage::notBegun);
        }
    }

    private boolean handleNow(List<HeldMessage> messages) {
        List<StoredMessage> stored = new ArrayList<>(messages.size());
        for (HeldMessage message : messages) {
            stored.add(message.message());
        }
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
}
