package io.ternmq.examples;

import io.ternmq.Filter;
import io.ternmq.Lease;
import io.ternmq.Message;
import io.ternmq.Receiver;
import io.ternmq.Retry;
import io.ternmq.TernMQ;
import io.ternmq.Transaction;
import io.ternmq.TransactionChecker.Decision;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Bodies that are objects, transactions, retries, ordered consumers, requests, and messages taken by hand. */
public final class Payments {

    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final CountDownLatch booked = new CountDownLatch(1);

    private Payments() {}

    /**
     * A body.
     *
     * @param order  what is paid
     * @param amount how much
     */
    public record Payment(String order, BigDecimal amount) {}

    /**
     * Runs it.
     *
     * @param arguments the queue's address; {@code mem:} without one
     * @throws InterruptedException when it is interrupted while it waits
     */
    public static void main(String[] arguments) throws InterruptedException {
        new Payments().run(arguments.length == 0 ? "mem:" : arguments[0]);
    }

    private void run(String address) throws InterruptedException {
        TernMQ mq = TernMQ.at(address)
                .transactions("shop", prepared -> isSaved(prepared.text()) ? Decision.COMMIT : Decision.ROLLBACK)
                .open();
        try (mq) {
            consume(mq);
            pay(mq, "42");
            System.out.println(mq.request(Message.to("quotes").body("two books"), Duration.ofSeconds(5))
                    .text());
            takeByHand(mq);
            booked.await();
        }
    }

    private void consume(TernMQ mq) {
        mq.consumer("ledger")
                .on("payments", Filter.sql("amount > 10.0"), payment -> book(payment.as(Payment.class)))
                .ordered()
                .retry(Retry.exponential(Duration.ofSeconds(1), Duration.ofMinutes(10))
                        .deadLetterOn(IOException.class))
                .start();
        mq.consumer("pricing")
                .answer("quotes", goods -> goods.text() + ": 19.80")
                .start();
    }

    private void pay(TernMQ mq, String order) {
        Payment payment = new Payment(order, new BigDecimal("19.80"));
        mq.send(Message.to("payments")
                .orderingGroup(order)
                .property("amount", "19.80")
                .body(payment));

        try (Transaction paid = mq.prepare(Message.to("receipts").key(order).body(order))) {
            save(order);
            paid.commit();
        } // without the commit it is rolled back; after a crash the checker is asked
    }

    private static void takeByHand(TernMQ mq) {
        try (Receiver receiver = mq.receiver("printer", "receipts").open()) {
            for (Lease lease : receiver.receive(16, Duration.ofSeconds(30))) {
                System.out.println("printed " + lease.message().text());
                lease.ack();
            }
        }
    }

    private void book(Payment payment) {
        System.out.println("booked " + payment.amount() + " for " + payment.order());
        booked.countDown();
    }

    private void save(String order) {
        saved.add(order);
    }

    private boolean isSaved(String order) {
        return saved.contains(order);
    }
}
