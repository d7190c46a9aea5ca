package io.ternmq.runtime;

import io.ternmq.Admin;
import io.ternmq.ConsumerBuilder;
import io.ternmq.Message;
import io.ternmq.Producer;
import io.ternmq.ProducerBuilder;
import io.ternmq.ReaderBuilder;
import io.ternmq.RecallResult;
import io.ternmq.ReceivedMessage;
import io.ternmq.ReceiverBuilder;
import io.ternmq.SendReceipt;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.engine.Engine;
import io.ternmq.engine.StoredMessage;
import io.ternmq.runtime.consume.EngineConsumerBuilder;
import io.ternmq.runtime.consume.EngineReceiverBuilder;
import io.ternmq.runtime.consume.Members;
import io.ternmq.runtime.message.Awaiting;
import io.ternmq.runtime.message.Converters;
import io.ternmq.runtime.message.Inheritance;
import io.ternmq.runtime.message.MessageIds;
import io.ternmq.runtime.message.Received;
import io.ternmq.runtime.read.EngineReaderBuilder;
import io.ternmq.runtime.read.Takers;
import io.ternmq.runtime.send.EngineProducer;
import io.ternmq.runtime.send.EngineProducerBuilder;
import io.ternmq.runtime.send.EngineTransaction;
import io.ternmq.runtime.send.Outgoing;
import io.ternmq.runtime.send.Routes;
import io.ternmq.runtime.send.SendPlan;
import io.ternmq.spi.OpenOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** The API over an engine. Thread-safe. */
public final class EngineMQ implements TernMQ {

    private final Engine engine;
    private final Routes routes;
    private final OpenOptions options;
    private final Converters converters;
    private final Outgoing outgoing;
    private final SendPlan plan;
    private final EngineProducer producer;
    private final Members members;
    private final Takers takers = new Takers();
    private final AtomicBoolean closed = new AtomicBoolean();

    private EngineMQ(Engine engine, OpenOptions options) {
        Inheritance inheritance = new Inheritance();
        this.engine = engine;
        this.routes = new Routes(engine);
        this.options = options;
        this.converters = new Converters(options.converters());
        this.outgoing = new Outgoing(inheritance, converters, new MessageIds(engine.clock()));
        this.plan = SendPlan.of(options.sendInterceptors());
        this.producer = new EngineProducer(routes, plan, outgoing, null);
        this.members = new Members(engine, inheritance, converters);
    }

    /**
     * Makes the API of an engine.
     *
     * @param engine  moves messages; closed with the result
     * @param options what the application said
     * @return an open queue
     */
    public static TernMQ of(Engine engine, OpenOptions options) {
        return new EngineMQ(engine, options);
    }

    /**
     * Shows a message to an application outside of a handler, such as to a transaction checker.
     *
     * @param stored  what an engine read
     * @param options know the converters
     * @return as the application sees it
     */
    public static ReceivedMessage received(StoredMessage stored, OpenOptions options) {
        return new Received(stored, new Converters(options.converters()));
    }

    @Override
    public SendReceipt send(Message message) {
        return producer.send(message);
    }

    @Override
    public CompletableFuture<SendReceipt> sendAsync(Message message) {
        return producer.sendAsync(message);
    }

    @Override
    public void sendOneWay(Message message) {
        producer.sendOneWay(message);
    }

    @Override
    public List<SendReceipt> send(List<Message> messages) {
        return producer.send(messages);
    }

    @Override
    public CompletableFuture<List<SendReceipt>> sendAsync(List<Message> messages) {
        return producer.sendAsync(messages);
    }

    @Override
    public ProducerBuilder producer() {
        return new EngineProducerBuilder(plan, chosen -> new EngineProducer(routes, chosen, outgoing, null));
    }

    @Override
    public Producer joining(Object resource) {
        return new EngineProducer(routes, plan.withAttempts(1), outgoing, resource);
    }

    @Override
    public Transaction prepare(Message message) {
        if (options.transactions().isEmpty()) {
            throw new IllegalStateException("transactions: no checker (expected: one given to"
                    + " TernMQ.at(…).transactions(group, checker), who decides what a crash leaves undecided)");
        }
        if (message.isDelayed()) {
            throw new IllegalArgumentException("message: delayed (expected: none in a transaction)");
        }
        return new EngineTransaction(producer.prepare(message));
    }

    @Override
    public ReceivedMessage request(Message message, Duration timeout) {
        if (message.isDelayed()) {
            throw delayedRequest();
        }
        return new Received(producer.request(message, timeout), converters);
    }

    @Override
    public CompletableFuture<ReceivedMessage> requestAsync(Message message, Duration timeout) {
        return message.isDelayed()
                ? CompletableFuture.failedFuture(delayedRequest())
                : producer.requestAsync(message, timeout).thenApply(answer -> new Received(answer, converters));
    }

    private static IllegalArgumentException delayedRequest() {
        return new IllegalArgumentException("message: delayed (expected: none in a request)");
    }

    @Override
    public RecallResult recall(SendReceipt receipt) {
        String handle = receipt.recallHandle()
                .orElseThrow(() -> new IllegalArgumentException(
                        "receipt: of a message that is not recallable (expected: one that was sent with a delay)"));
        return Awaiting.get(engine.recall(receipt.partition().topic(), handle));
    }

    @Override
    public ConsumerBuilder consumer(String group) {
        return new EngineConsumerBuilder(members, group, options.consumeInterceptors());
    }

    @Override
    public ReceiverBuilder receiver(String group, String topic) {
        return new EngineReceiverBuilder(engine, converters, takers, group, topic);
    }

    @Override
    public ReaderBuilder reader(String topic) {
        return new EngineReaderBuilder(engine, converters, takers, topic);
    }

    @Override
    public Admin admin() {
        return new EngineAdminCalls(engine);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            members.close();
        } finally {
            takers.close();
            routes.close();
            engine.close();
        }
    }
}
