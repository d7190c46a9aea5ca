package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.Consuming.Held;
import io.ternmq.broker.catalog.GroupConfig;
import io.ternmq.broker.catalog.Names;
import io.ternmq.broker.catalog.RetryPolicy;
import io.ternmq.broker.lease.LeaseAnswer;
import io.ternmq.broker.lease.Renewal;
import io.ternmq.broker.lease.TakeMessages;
import io.ternmq.log.LogSettings;
import io.ternmq.log.storage.FaultyDisk;
import io.ternmq.protocol.message.PropertyNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a holder of leases can ask for: to be taken to be there, to get an answer once more, to give a message up. */
class LeaseHolderTest {
    private static final int BYTES_MAX = 1 << 20;

    private final FaultyDisk disk = new FaultyDisk(1);
    private final ShardFixture shard =
            new ShardFixture(disk::root, LogSettings.defaults().withSizes(262_144, 16_384, 4_096));
    private final Consuming billing;

    LeaseHolderTest() {
        shard.topic("orders", 1);
        GroupConfig group = new GroupConfig("billing", true, true, false, 1, 2, true, Map.of(), RetryPolicy.CLASSIC);
        billing = Consuming.of(shard, group, "orders");
    }

    @AfterEach
    void close() {
        shard.close();
    }

    private static TakeMessages.Terms terms(@Nullable Renewal renewal, @Nullable String attemptId) {
        return new TakeMessages.Terms(8, BYTES_MAX, Consuming.INVISIBLE_MS, renewal, attemptId);
    }

    private void sendOfKey(String key, String body) {
        shard.send("orders", 0, body, Map.of(PropertyNames.SHARDING_KEY, key));
        shard.work();
    }

    @Test
    void whatIsKeptAliveStaysWithItsHolderAndKeepsItsHandle() {
        AtomicBoolean isThere = new AtomicBoolean(true);
        shard.send("orders", "m0");
        Held held = billing.take(terms(isThere::get, null)).get(0);

        for (int i = 0; i < 5; i++) {
            shard.advance(Consuming.INVISIBLE_MS);
            assertThat(billing.take(1)).isEmpty();
        }

        assertThat(billing.acknowledge(held)).isEqualTo(LeaseAnswer.DONE);
        assertThat(billing.committed(0)).isEqualTo(1);
    }

    @Test
    void whatIsKeptAliveIsHandedOutAgainOnceItsHolderHasGone() {
        AtomicBoolean isThere = new AtomicBoolean(true);
        shard.send("orders", "m0");
        Held held = billing.take(terms(isThere::get, null)).get(0);
        shard.advance(Consuming.INVISIBLE_MS + 100);
        assertThat(billing.take(1)).isEmpty();

        isThere.set(false);
        shard.advance(Consuming.INVISIBLE_MS);

        assertThat(billing.take(1))
                .hasSize(1)
                .allSatisfy(again -> assertThat(again.attempts()).isEqualTo(2));
        assertThat(billing.acknowledge(held)).isEqualTo(LeaseAnswer.TOO_LATE);
    }

    @Test
    void aHolderThatHangsLosesItsMessagesAfterThreeHours() {
        shard.send("orders", "m0");
        assertThat(billing.take(terms(() -> true, null))).hasSize(1);

        shard.advance(Renewal.MS_MAX - Consuming.INVISIBLE_MS);
        assertThat(billing.take(1)).isEmpty();
        shard.advance(3 * Consuming.INVISIBLE_MS);

        assertThat(billing.take(1)).hasSize(1);
    }

    @Test
    void anotherDeadlineEndsKeepingAlive() {
        shard.send("orders", "m0");
        Held held = billing.take(terms(() -> true, null)).get(0);

        billing.change(held, 1_000);
        shard.advance(1_100);

        assertThat(billing.take(1)).hasSize(1);
    }

    @Test
    void whoAsksUnderTheSameNameGetsTheSameMessagesAndThatWasNoAttempt() {
        shard.send("orders", "m0");
        shard.send("orders", "m1");
        List<Held> lost = billing.take(terms(null, "attempt 1"));
        shard.send("orders", "m2");

        List<Held> again = billing.take(terms(null, "attempt 1"));

        assertThat(Consuming.bodies(again)).containsExactly("m0", "m1", "m2");
        assertThat(again).allSatisfy(held -> assertThat(held.attempts()).isEqualTo(1));
        assertThat(billing.acknowledge(lost.get(0))).isEqualTo(LeaseAnswer.TOO_LATE);
        billing.acknowledge(again);
        shard.advance(1_100);
        assertThat(billing.committed(0)).isEqualTo(3);
    }

    @Test
    void aNameIsKnownForAMinute() {
        shard.send("orders", "m0");
        assertThat(billing.take(terms(() -> true, "attempt 1"))).hasSize(1);

        shard.advance(61_000);

        assertThat(billing.take(terms(() -> true, "attempt 1"))).isEmpty();
    }

    @Test
    void aNameMeansNothingInAnotherGroup() {
        Consuming shipping = Consuming.of(shard, GroupConfig.of("shipping"), "orders");
        shard.send("orders", "m0");
        assertThat(billing.take(terms(null, "attempt 1"))).hasSize(1);
        assertThat(shipping.take(terms(null, "attempt 1"))).hasSize(1);

        assertThat(Consuming.bodies(billing.take(terms(null, "attempt 1")))).containsExactly("m0");
    }

    @Test
    void anotherNameGetsOtherMessages() {
        shard.send("orders", "m0");
        assertThat(billing.take(terms(null, "attempt 1"))).hasSize(1);
        assertThat(billing.take(terms(null, "attempt 2"))).isEmpty();
    }

    @Test
    void whatWasAcknowledgedIsNotGivenAgainUnderItsName() {
        shard.send("orders", "m0");
        shard.send("orders", "m1");
        List<Held> held = billing.take(terms(null, "attempt 1"));
        billing.acknowledge(held.get(0));

        assertThat(Consuming.bodies(billing.take(terms(null, "attempt 1")))).containsExactly("m1");
    }

    @Test
    void inOrderTheSameNameGetsTheSameKeyAgain() {
        billing.ordered = true;
        sendOfKey("a", "a0");
        sendOfKey("b", "b0");
        sendOfKey("a", "a1");
        assertThat(Consuming.bodies(billing.take(terms(null, "attempt 1")))).containsExactly("a0", "a1");

        List<Held> others = billing.take(terms(null, "attempt 2"));
        List<Held> again = billing.take(terms(null, "attempt 1"));

        assertThat(Consuming.bodies(others)).containsExactly("b0");
        assertThat(Consuming.bodies(again)).containsExactly("a0", "a1");
    }

    @Test
    void aMessageThatIsGivenUpIsADeadLetterAndNotHandedOutAgain() {
        shard.send("orders", "m0");
        Held held = billing.take(1).get(0);

        assertThat(billing.bury(held)).isEqualTo(LeaseAnswer.DONE);
        shard.advance(10 * Consuming.INVISIBLE_MS);

        assertThat(billing.take(1)).isEmpty();
        assertThat(shard.read(Names.deadLetterTopic("billing"))).hasSize(1);
        assertThat(billing.bury(held)).isEqualTo(LeaseAnswer.DONE);
    }
}
