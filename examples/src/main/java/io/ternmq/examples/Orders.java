package io.ternmq.examples;

import io.ternmq.Message;
import io.ternmq.ReceivedMessage;
import io.ternmq.TernMQ;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Sends an order that is billed a second later, and waits until it is. */
public final class Orders {

    private static final String ADDRESS = "file:./data";

    private final CountDownLatch billed = new CountDownLatch(1);

    private Orders() {}

    /**
     * Runs it.
     *
     * @param arguments the queue's address; {@code file:./data} without one
     * @throws InterruptedException when it is interrupted while it waits
     */
    public static void main(String[] arguments) throws InterruptedException {
        new Orders().run(arguments.length == 0 ? ADDRESS : arguments[0]);
    }

    private void run(String address) throws InterruptedException {
        try (TernMQ mq = TernMQ.open(address)) { // or tern://host:9876, or mem:
            mq.consumer("billing").on("orders", order -> charge(order)).start();
            mq.send(Message.to("orders").key("42").tag("paid").body("two books").delay(Duration.ofSeconds(1)));
            billed.await();
        }
    }

    private void charge(ReceivedMessage order) {
        System.out.println("charged " + order.key().orElse("?") + ": " + order.text());
        billed.countDown();
    }
}
