package io.ternmq.broker.access;

import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.transaction.HalfMessageCopier;
import io.ternmq.broker.transaction.TransactionQuestion;
import io.ternmq.log.LogReader;
import io.ternmq.log.ReadScratch;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks producers what became of their transactions, whichever protocol they speak. A question that cannot be asked,
 * because none of the group is there or too much is under way already, was asked in vain: the next one comes after the
 * interval. Thread-safe.
 */
public final class ProducerQuestions implements TransactionQuestion {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerQuestions.class);
    /** Bytes of questions that wait to be written at most, unless the first one alone has more. */
    static final long WAITING_BYTES_MAX = 8L * 1024 * 1024;

    private final LogReader log;
    private final Membership membership;
    private final ReaderPool readers;
    private final RateLimitedLog complaints;
    private final List<QuestionCourier> couriers = new CopyOnWriteArrayList<>();
    private final AtomicLong waitingBytes = new AtomicLong();

    private record Addressee(Connection connection, QuestionCourier courier) {}

    ProducerQuestions(LogReader log, Membership membership, ReaderPool readers, EpochClock clock) {
        this.log = log;
        this.membership = membership;
        this.readers = readers;
        this.complaints = new RateLimitedLog(LOG, clock);
    }

    /** From now on producers of one more protocol are asked. */
    public void askThrough(QuestionCourier courier) {
        couriers.add(courier);
    }

    @Override
    public void ask(HalfMessage half) {
        if (!readers.submit(scratch -> ask(half, scratch))) {
            complain(half, "too many reads are waiting");
        }
    }

    private void ask(HalfMessage half, ReadScratch scratch) {
        List<Addressee> producers = reachable(half);
        if (producers.isEmpty()) {
            complain(half, "none of its producers is there");
            return;
        }
        Addressee producer = producers.get((int) ((half.offset() + half.checks()) % producers.size()));
        if (waitingBytes.get() > WAITING_BYTES_MAX || !producer.courier().hasRoom(producer.connection())) {
            complain(half, "its producers take too little of what is written to them");
            return;
        }
        byte[] message = new HalfMessageCopier(log, scratch).question(half);
        if (message == null) {
            complain(half, "it cannot be read at position " + half.position());
        } else {
            ask(producer, half, message);
        }
    }

    private void ask(Addressee producer, HalfMessage half, byte[] message) {
        Runnable told = () -> waitingBytes.addAndGet(-message.length);
        boolean taken = false;
        waitingBytes.addAndGet(message.length);
        try {
            producer.courier().ask(producer.connection(), half, message, told);
            taken = true;
        } finally {
            if (!taken) {
                told.run();
            }
        }
    }

    /** Of which one is asked, another one each time. */
    private List<Addressee> reachable(HalfMessage half) {
        return membership.producers(half.producerGroup()).stream()
                .map(Member::connection)
                .flatMap(connection -> couriers.stream()
                        .filter(courier -> courier.reaches(connection))
                        .map(courier -> new Addressee(connection, courier)))
                .toList();
    }

    private void complain(HalfMessage half, String why) {
        complaints.warn(
                "transaction question",
                "Nobody could be asked what became of a transaction of the producer group '" + half.producerGroup()
                        + "': " + why);
    }
}
