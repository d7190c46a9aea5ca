package io.ternmq.runtime.send;

import io.ternmq.Message;
import io.ternmq.Partition;
import io.ternmq.Producer;
import io.ternmq.SendReceipt;
import io.ternmq.engine.Engine;
import io.ternmq.engine.HalfMessage;
import io.ternmq.engine.OutgoingMessage;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.message.Awaiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends through an engine; every kind of send goes through here. */
public final class EngineProducer implements Producer {

    /** A caller waits this much longer than the attempts may take, so that it learns what became of the last. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Routes routes;
    private final Engine engine;
    private final SendPlan plan;
    private final Outgoing outgoing;
    private final @Nullable Object resource;
    private final SendTelling telling;

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
        this.telling = new SendTelling(plan.interceptors());
    }

    @Override
    public SendReceipt send(Message message) {
        OutgoingMessage out = outgoing.of(message, plan);
        return telling.await(attempts(out), plan.timeout().plus(GRACE), List.of(out), EngineProducer::itself);
    }

    @Override
    public CompletableFuture<SendReceipt> sendAsync(Message message) {
        try {
            OutgoingMessage out = outgoing.of(message, plan);
            return telling.follow(attempts(out).start(), List.of(out), EngineProducer::itself);
        } catch (RuntimeException e) { // an interceptor's, or a converter's
            return CompletableFuture.failedFuture(e);
        }
    }

    private static SendReceipt itself(SendReceipt receipt, int index) {
        return receipt;
    }

    private static <T> @Nullable SendReceipt none(T yielded, int index) {
        return null;
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
        CompletableFuture<Boolean> sent = new SendAttempts<>(routes, plan.withAttempts(1), out.message(), partition -> {
                    engine.sendOneWay(partition, out);
                    return CompletableFuture.completedFuture(Boolean.TRUE);
                })
                .startOneWay();
        telling.follow(sent, List.of(out), EngineProducer::none, engine.callbacks());
    }

    @Override
    public List<SendReceipt> send(List<Message> messages) {
        List<OutgoingMessage> out = batch(messages);
        return telling.await(attempts(out), plan.timeout().plus(GRACE), out, List::get);
    }

    @Override
    public CompletableFuture<List<SendReceipt>> sendAsync(List<Message> messages) {
        try {
            List<OutgoingMessage> out = batch(messages);
            return telling.follow(attempts(out).start(), out, List::get);
        } catch (RuntimeException e) { // an interceptor's, a converter's, or a batch that is none
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<OutgoingMessage> batch(List<Message> messages) {
        check(messages);
        List<OutgoingMessage> out = new ArrayList<>(messages.size());
        try {
            for (Message message : messages) {
                out.add(outgoing.of(message, plan));
            }
        } catch (RuntimeException e) { // what is wrong with one keeps all from being sent
            telling.tell(out, e);
            throw e;
        }
        return out;
    }

    private SendAttempts<List<SendReceipt>> attempts(List<OutgoingMessage> out) {
        return new SendAttempts<>(routes, plan, out.get(0).message(), partition -> engine.send(partition, out));
    }

    /**
     * Stores a message that nobody sees yet.
     *
     * @param message not delayed
     * @return to be decided
     */
    public HalfMessage prepare(Message message) {
        OutgoingMessage out = outgoing.of(message, plan);
        SendAttempts<HalfMessage> attempts =
                new SendAttempts<>(routes, plan, out.message(), partition -> engine.prepare(partition, out));
        return telling.await(attempts, Awaiting.DEFAULT, List.of(out), (half, index) -> half.receipt());
    }

    /**
     * Sends a request, and waits for the answer.
     *
     * @param message not delayed
     * @param timeout how long to wait for the answer
     * @return the answer
     */
    public StoredMessage request(Message message, Duration timeout) {
        OutgoingMessage out = outgoing.of(message, plan);
        return telling.await(asking(out, timeout), timeout.plus(plan.timeout()), List.of(out), EngineProducer::none);
    }

    /**
     * Sends a request.
     *
     * @param message not delayed
     * @param timeout how long to wait for the answer
     * @return completes with the answer
     */
    public CompletableFuture<StoredMessage> requestAsync(Message message, Duration timeout) {
        try {
            OutgoingMessage out = outgoing.of(message, plan);
            return telling.follow(asking(out, timeout).start(), List.of(out), EngineProducer::none);
        } catch (RuntimeException e) { // an interceptor's, or a converter's
            return CompletableFuture.failedFuture(e);
        }
    }

    private SendAttempts<StoredMessage> asking(OutgoingMessage out, Duration timeout) {
        return new SendAttempts<>(
                routes, plan.withAttempts(1), out.message(), partition -> engine.request(partition, out, timeout));
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
}
