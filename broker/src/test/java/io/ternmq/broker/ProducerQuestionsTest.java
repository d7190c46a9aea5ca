package io.ternmq.broker;

import static org.awaitility.Awaitility.await;

import io.ternmq.broker.access.Broker;
import io.ternmq.broker.access.CommittedReplies;
import io.ternmq.broker.access.QuestionCourier;
import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.Member;
import io.ternmq.broker.member.Membership;
import io.ternmq.broker.member.StandInConnection;
import io.ternmq.broker.record.HalfMessage;
import io.ternmq.broker.transaction.TransactionSettings;
import io.ternmq.log.LogSettings;
import io.ternmq.log.TurnedClock;
import io.ternmq.log.storage.DiskDirectory;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProducerQuestionsTest {
    private static final int BODY_BYTES = 3 * 1024 * 1024;

    /** Fails whenever it is asked. */
    private static final class FailingCourier implements QuestionCourier {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public boolean reaches(Connection producer) {
            return true;
        }

        @Override
        public boolean hasRoom(Connection producer) {
            return true;
        }

        @Override
        public void ask(Connection producer, HalfMessage half, byte[] message, Runnable told) {
            asked.incrementAndGet();
            throw new IllegalStateException("cannot ask");
        }
    }

    private static final Connection PRODUCER = new StandInConnection();

    @Test
    void questionsThatCouldNotBeAskedTakeNoRoomFromOthers(@TempDir Path folder) {
        TurnedClock clock = new TurnedClock(0);
        Membership membership = new Membership(clock);
        membership.joinProducers(new Member("p1", "JAVA", 0, PRODUCER), "producers");
        ShardFixture shard = new ShardFixture(() -> DiskDirectory.open(folder), LogSettings.defaults());
        shard.topic("orders", 1);
        var unused = shard.prepare("orders", "x".repeat(BODY_BYTES));
        shard.advance(TransactionSettings.DEFAULT.timeoutMs() + TransactionSettings.DEFAULT.checkIntervalMs());
        HalfMessage half = shard.questions.get(0);
        FailingCourier courier = new FailingCourier();
        try (Broker broker = new Broker(shard.shard(), membership, new CommittedReplies(), clock)) {
            broker.questions().askThrough(courier);

            for (int i = 0; i < 5; i++) {
                broker.questions().ask(half);
            }

            await().until(() -> courier.asked.get() == 5);
        }
        shard.close();
    }
}
