package io.ternmq.broker.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.log.TurnedClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private final TurnedClock clock = new TurnedClock(0);
    private final Membership membership = new Membership(clock);

    @Test
    void everyMemberIsToldOfOneThatComes() {
        Fake first = new Fake("a");
        Fake second = new Fake("b");

        assertThat(join(first, "billing", "orders").changed()).isTrue();
        assertThat(join(second, "billing", "orders").changed()).isTrue();

        assertThat(first.told).containsExactly("billing", "billing");
        assertThat(second.told).containsExactly("billing");
    }

    @Test
    void aHeartbeatThatSaysNothingNewTellsNobody() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");

        assertThat(join(first, "billing", "orders").changed()).isFalse();
        assertThat(first.told).hasSize(1);
    }

    @Test
    void aTopicThatComesOrGoesIsAChange() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");

        assertThat(join(first, "billing", "orders", "refunds").changed()).isTrue();
        assertThat(membership.subscription("billing", "refunds")).isNotNull();
        assertThat(join(first, "billing", "orders").changed()).isTrue();
        assertThat(membership.subscription("billing", "refunds")).isNull();
    }

    @Test
    void aNewerExpressionReplacesAnOlderOneAndNotTheOtherWayRound() {
        Fake first = new Fake("a");
        join(first, 5, "red");
        join(first, 7, "blue");
        join(first, 6, "green");

        assertThat(membership.subscription("billing", "orders").expression()).isEqualTo("blue");
    }

    @Test
    void whatAMemberSaysBetweenHeartbeatsCountsIfItIsNewer() {
        Fake first = new Fake("a");
        join(first, 5, "red");

        membership.renewSubscriptions(
                "billing",
                List.of(
                        Subscription.parse("orders", "TAG", "blue", 6),
                        Subscription.parse("refunds", "TAG", "red", 6)));
        membership.renewSubscriptions("billing", List.of(Subscription.parse("orders", "TAG", "green", 5)));
        membership.renewSubscriptions("nobody", List.of(Subscription.parse("orders", "TAG", "green", 7)));

        assertThat(membership.subscription("billing", "orders").expression()).isEqualTo("blue");
        assertThat(membership.subscription("billing", "refunds")).isNull();
    }

    @Test
    void whoRemainsIsToldOfOneThatLeaves() {
        Fake first = new Fake("a");
        Fake second = new Fake("b");
        join(first, "billing", "orders");
        join(second, "billing", "orders");

        membership.leaveConsumers(second, "billing");

        assertThat(first.told).hasSize(3);
        assertThat(membership.consumers("billing").members())
                .extracting(Member::clientId)
                .containsExactly("a");
    }

    @Test
    void whoeverWasBehindALostConnectionHasLeftAllItsGroups() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");
        join(first, "audit", "orders");
        membership.joinProducers(first.member(), "shop");

        membership.connectionLost(first);

        assertThat(membership.isOnline("billing")).isFalse();
        assertThat(membership.consumerGroups()).isEmpty();
        assertThat(membership.producers("shop")).isEmpty();
    }

    @Test
    void aMemberThatIsSilentTooLongIsRemovedAndItsConnectionClosed() {
        Fake silent = new Fake("a");
        Fake alive = new Fake("b");
        join(silent, "billing", "orders");
        clock.advance(Membership.SILENCE_MS_MAX);
        join(alive, "billing", "orders");
        assertThat(membership.removeSilent()).isZero();
        clock.advance(1);

        assertThat(membership.removeSilent()).isEqualTo(1);
        assertThat(silent.closed).isTrue();
        assertThat(alive.closed).isFalse();
        assertThat(membership.consumers("billing").members()).hasSize(1);
    }

    @Test
    void anAbridgedHeartbeatKeepsTheSubscriptions() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");

        JoinResult result = membership.joinConsumers(first.member(), abridged(0));

        assertThat(result.wantsSubscriptions()).isFalse();
        assertThat(membership.subscription("billing", "orders")).isNotNull();
    }

    @Test
    void anAbridgedHeartbeatOfAnUnknownMemberIsAskedForMore() {
        assertThat(membership
                        .joinConsumers(new Fake("a").member(), abridged(42))
                        .wantsSubscriptions())
                .isTrue();
    }

    @Test
    void anotherFingerprintIsAskedForMore() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");
        membership.joinConsumers(first.member(), abridged(42));

        assertThat(membership.joinConsumers(first.member(), abridged(43)).wantsSubscriptions())
                .isTrue();
    }

    @Test
    void aGroupThatDoesNotWantToHearIsNotTold() {
        Fake first = new Fake("a");
        ConsumerJoin join = new ConsumerJoin("quiet", ConsumerKind.DEFAULT, List.of(), false, 0, false);

        assertThat(membership.joinConsumers(first.member(), join).changed()).isTrue();
        assertThat(first.told).isEmpty();
    }

    @Test
    void producersAreFoundByTheirGroup() {
        Fake first = new Fake("a");
        membership.joinProducers(first.member(), "shop");

        assertThat(membership.producers("shop")).containsExactly(first.member());
        assertThat(membership.producerGroups()).containsOnlyKeys("shop");
        membership.leaveProducers(first, "shop");
        assertThat(membership.producerGroups()).isEmpty();
    }

    @Test
    void aMemberIsFoundByItsClientId() {
        Fake first = new Fake("a");
        join(first, "billing", "orders");

        assertThat(membership.consumer("billing", "a")).isEqualTo(first.member());
        assertThat(membership.consumer("billing", "b")).isNull();
        assertThat(membership.consumer("audit", "a")).isNull();
    }

    private JoinResult join(Fake client, String group, String... topics) {
        List<Subscription> subscriptions = new ArrayList<>();
        for (String topic : topics) {
            subscriptions.add(Subscription.parse(topic, Subscription.TYPE_TAG, "*", 1));
        }
        return membership.joinConsumers(
                client.member(), new ConsumerJoin(group, ConsumerKind.DEFAULT, subscriptions, false, 0, true));
    }

    private void join(Fake client, long version, String expression) {
        Subscription subscription = Subscription.parse("orders", Subscription.TYPE_TAG, expression, version);
        membership.joinConsumers(
                client.member(),
                new ConsumerJoin("billing", ConsumerKind.DEFAULT, List.of(subscription), false, 0, true));
    }

    private static ConsumerJoin abridged(int fingerprint) {
        return new ConsumerJoin("billing", ConsumerKind.DEFAULT, List.of(), true, fingerprint, true);
    }

    private static final class Fake implements Connection {
        private final String clientId;
        private final List<String> told = new ArrayList<>();
        private boolean closed;

        Fake(String clientId) {
            this.clientId = clientId;
        }

        Member member() {
            return new Member(clientId, "JAVA", 513, this);
        }

        @Override
        public String remoteAddress() {
            return clientId + ":1";
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void membersChanged(String group) {
            told.add(group);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
