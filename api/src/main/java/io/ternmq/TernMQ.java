package io.ternmq;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * An open queue. It is a {@link Producer} with the defaults, and the way to everything else.
 *
 * <pre>{@code
 * try (TernMQ mq = TernMQ.open("tern://localhost:9876")) {
 *     mq.send(Message.to("orders").key("42").body("paid"));
 * }
 * }</pre>
 *
 * <p>One is enough for a process. Closing it closes its consumers, and waits for what was sent.
 */
public interface TernMQ extends Producer, AutoCloseable {

    /**
     * Opens a queue with the defaults.
     *
     * @param address {@code file:FOLDER} in this process, {@code mem:} in this process and gone with it,
     *                {@code tern://HOST:PORT[,HOST:PORT…]} on a server
     * @return an open queue
     * @throws IllegalArgumentException when no engine on the class path knows the address
     * @throws TernMQException          when it cannot be opened
     */
    static TernMQ open(String address) {
        return at(address).open();
    }

    /**
     * Begins to open a queue with settings of its own.
     *
     * @param address as for {@link #open}
     * @return asks for the rest
     */
    static TernMQBuilder at(String address) {
        return new TernMQBuilder(address);
    }

    /**
     * Begins a producer with settings of its own.
     *
     * @return asks for them
     */
    ProducerBuilder producer();

    /**
     * Sends within the caller's own resource, such as a database connection: the message is there when, and only when, the
     * resource's transaction commits.
     *
     * @param resource what the engine knows how to join
     * @return a producer for this transaction
     * @throws UnsupportedException when the engine cannot join it
     */
    Producer joining(Object resource);

    /**
     * Prepares a message that nobody sees until it is committed.
     *
     * <pre>{@code
     * try (Transaction order = mq.prepare(Message.to("orders").key("42").body(bytes))) {
     *     database.save(…);
     *     order.commit();
     * } // without the commit it is rolled back
     * }</pre>
     *
     * <p>What a crash leaves undecided is asked of the checker that was given to {@link TernMQBuilder#transactions}.
     *
     * @param message not delayed
     * @return to be committed or rolled back
     * @throws IllegalStateException when no checker was given
     */
    Transaction prepare(Message message);

    /**
     * Sends a message and waits for the answer of who consumes it, by {@link ConsumerBuilder#answer}.
     *
     * @param message the request
     * @param timeout how long to wait for the answer
     * @return the answer
     * @throws OutcomeUnknownException when there is none in time
     */
    ReceivedMessage request(Message message, Duration timeout);

    /**
     * As {@link #request}, without waiting.
     *
     * @param message the request
     * @param timeout how long to wait for the answer
     * @return completes with the answer
     */
    CompletableFuture<ReceivedMessage> requestAsync(Message message, Duration timeout);

    /**
     * Takes a delayed message back.
     *
     * @param receipt of a message that was sent with a delay
     * @return what became of it
     * @throws IllegalArgumentException when the receipt is not of a delayed message
     */
    RecallResult recall(SendReceipt receipt);

    /**
     * Begins a member of a consumer group.
     *
     * <pre>{@code mq.consumer("billing").on("orders", order -> charge(order)).start();}</pre>
     *
     * @param group which group; its members share the messages
     * @return asks for topics, handlers and the rest
     */
    ConsumerBuilder consumer(String group);

    /**
     * Begins to take messages of a group one by one, to be acknowledged by hand.
     *
     * @param group which group
     * @param topic which topic
     * @return asks for the rest
     */
    ReceiverBuilder receiver(String group, String topic);

    /**
     * Begins to read a topic from positions of the caller's choice, without a group's sharing.
     *
     * @param topic which topic
     * @return asks for the rest
     */
    ReaderBuilder reader(String topic);

    /**
     * What operators do.
     *
     * @return looks at topics and groups and changes them
     */
    Admin admin();

    /** Ends all consumers, receivers and readers, waits for what was sent, and lets go of everything. Again: nothing. */
    @Override
    void close();
}
