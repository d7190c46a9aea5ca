package io.ternmq.runtime.send;

import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Producer;
import io.ternmq.SendInterceptor;
import io.ternmq.SendReceipt;
import io.ternmq.engine.Engine;
import io.ternmq.engine.OutgoingMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends through an engine. */
public final class EngineProducer implements Producer {

    private static final Logger LOG = LoggerFactory.getLogger(EngineProducer.class);

    /** A caller waits this much longer than the attempts may take, so that it learns what became of the last. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Routes routes;
    private final Engine engine;
    private final SendPlan plan;
    private final Outgoing outgoing;
    private final @Nullable Object resource;

    /**
     * @param outgoing makes messages ready
     * @param resource what sends join, or null
     */
    public EngineProducer(Routes routes, SendPlan plan, Outgoing outgoing, @Nullable Object resource) {
        this.routes = routes;
        this.engine = routes.engine();
        this.plan = plan;
        this.outgoing = outgoing;
        this.resource = resource;
    }

    @Override
    public SendReceipt send(Message message) {
        OutgoingMessage out = outgoing.of(message, plan);
        SendReceipt receipt = awaited(attempts(out), List.of(out));
        tellInterceptors(out.message(), receipt, null);
        return receipt;
    }

    @Override
    public CompletableFuture<SendReceipt> sendAsync(Message message) {
        try {
            OutgoingMessage out = outgoing.of(message, plan);
            return after(attempts(out).start(), out);
        } catch (RuntimeException e) { // an interceptor's, or a converter's
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits on the caller's thread, which depends on no other that runs what applications attach to futures. */
    private <T> T awaited(SendAttempts<T> attempts, List<OutgoingMessage> messages) {
        try {
            return attempts.startAndWait(plan.timeout().plus(GRACE));
        } catch (RuntimeException e) {
            messages.forEach(message -> tellInterceptors(message.message(), null, e));
            throw e;
        }
    }

    private SendAttempts<SendReceipt> attempts(OutgoingMessage out) {
        return new SendAttempts<>(routes, plan, out.message(), partition -> sendTo(partition, out));
    }

    private CompletableFuture<SendReceipt> sendTo(Partition partition, OutgoingMessage message) {
        return resource == null ? engine.send(partition, message) : engine.send(partition, message, resource);
    }

    @Override
    public void sendOneWay(Message message) {
        OutgoingMessage out = outgoing.of(message, plan);
        CompletableFuture<Boolean> unused = new SendAttempts<>(
                        routes, plan.withAttempts(1), out.message(), partition -> {
                            engine.sendOneWay(partition, out);
                            return CompletableFuture.completedFuture(Boolean.TRUE);
                        })
                .startOneWay();
        tellInterceptors(out.message(), null, null);
    }

    @Override
    public List<SendReceipt> send(List<Message> messages) {
        List<OutgoingMessage> out = batch(messages);
        List<SendReceipt> receipts = awaited(attempts(out), out);
        tellInterceptors(out, receipts, null);
        return receipts;
    }

    @Override
    public CompletableFuture<List<SendReceipt>> sendAsync(List<Message> messages) {
        try {
            List<OutgoingMessage> out = batch(messages);
            CompletableFuture<List<SendReceipt>> sent = attempts(out).start();
            return plan.interceptors().isEmpty()
                    ? sent
                    : sent.whenComplete((receipts, failure) -> tellInterceptors(out, receipts, failure));
        } catch (RuntimeException e) { // an interceptor's, a converter's, or a batch that is none
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<OutgoingMessage> batch(List<Message> messages) {
        check(messages);
        List<OutgoingMessage> out = new ArrayList<>(messages.size());
        for (Message message : messages) {
            out.add(outgoing.of(message, plan));
        }
        return out;
    }

    private SendAttempts<List<SendReceipt>> attempts(List<OutgoingMessage> out) {
        return new SendAttempts<>(routes, plan, out.get(0).message(), partition -> engine.send(partition, out));
    }

    private void tellInterceptors(
            List<OutgoingMessage> sent, @Nullable List<SendReceipt> receipts, @Nullable Throwable failure) {
        for (int i = 0; i < sent.size(); i++) {
            tellInterceptors(sent.get(i).message(), receipts == null ? null : receipts.get(i), failure);
        }
    }

    private void check(List<Message> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("messages: none (expected: at least one)");
        }
        if (resource != null) {
            throw new IllegalArgumentException("messages: a batch (expected: one by one when a resource is joined)");
        }
        String topic = messages.get(0).topic();
        for (Message message : messages) {
            if (!message.topic().equals(topic)) {
                throw new IllegalArgumentException(
                        "messages: one of topic '" + message.topic() + "' (expected: all of '" + topic + "')");
            }
            if (message.isDelayed()) {
                throw new IllegalArgumentException("messages: one that is delayed (expected: none in a batch)");
            }
        }
    }

    private CompletableFuture<SendReceipt> after(CompletableFuture<SendReceipt> sent, OutgoingMessage out) {
        return plan.interceptors().isEmpty()
                ? sent
                : sent.whenComplete((receipt, failure) -> tellInterceptors(out.message(), receipt, failure));
    }

    private void tellInterceptors(Message message, @Nullable SendReceipt receipt, @Nullable Throwable failure) {
        for (SendInterceptor interceptor : plan.interceptors()) {
            try {
                interceptor.afterSend(message, receipt, failure);
            } catch (RuntimeException e) {
                LOG.warn("An interceptor failed after a send to '{}'", message.topic(), e);
            }
        }
    }
}
