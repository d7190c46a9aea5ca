package io.ternmq.broker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.member.Connection;
import io.ternmq.broker.member.StandInConnection;
import org.junit.jupiter.api.Test;

class QueueClaimTest {
    private static final long LOCK_MS = 1_000;

    private final QueueClaims claims = new QueueClaims(LOCK_MS);
    private final QueueClaim claim = claims.getOrAdd("billing", "orders", 1);
    private final Connection one = new StandInConnection();
    private final Connection other = new StandInConnection();

    @Test
    void aMemberHasTheQueueUntilItWasSilentForTheLockTime() {
        claim.give(one, 0);
        assertThat(claim.isHeldBy(one, 900)).isTrue();
        assertThat(claim.lease(1_899)).isFalse();
        assertThat(claim.lease(1_900)).isTrue();
        assertThat(claim.isHeldBy(one, 1_901)).isFalse();
    }

    @Test
    void whileItWaitsItsTimeHasNotBegun() {
        claim.give(one, 0);
        claim.waits(one, 15_000);
        assertThat(claim.lease(15_999)).isFalse();
        assertThat(claim.isHeldBy(one, 4_000)).as("a message came").isTrue();
        assertThat(claim.lease(4_999)).isFalse();
        assertThat(claim.lease(5_000)).isTrue();
    }

    @Test
    void itIsFreeOnceItsMemberHasLeft() {
        claim.give(one, 0);
        claims.left("billing", other, 1);
        assertThat(claim.lease(1)).isFalse();
        claims.left("billing", one, 2);
        assertThat(claim.lease(2)).isTrue();
        assertThat(claims.leftMs("billing")).isEqualTo(2);
    }

    @Test
    void anotherMemberTakesItOver() {
        claim.give(one, 0);
        claim.give(other, 1);
        assertThat(claim.isHeldBy(one, 2)).isFalse();
        claims.left("billing", one, 3);
        assertThat(claim.isHeldBy(other, 4)).isTrue();
    }

    @Test
    void whoeverHadItMayGoOnWhenNobodyElseCame() {
        claim.give(one, 0);
        assertThat(claim.isHeldBy(one, 60_000)).isTrue();
        assertThat(claim.lease(60_999)).isFalse();
    }

    @Test
    void reportsCountUnlessTheQueueIsLeased() {
        assertThat(claim.lease(0)).isTrue();
        assertThat(claim.admitsReport(100)).isFalse();
        claim.endLease(new DoneOffsets(10, new long[] {7}), 1);
        assertThat(claim.admitsReport(6)).as("before what was done by lease").isFalse();
        assertThat(claim.admitsReport(8)).isTrue();
        assertThat(claim.done()).isNotNull();
        assertThat(claim.admitsReport(10)).isTrue();
        assertThat(claim.done()).as("the member has caught up").isNull();
        assertThat(claim.admitsReport(6)).as("it may go back now").isTrue();
    }

    @Test
    void whatNobodyClaimsIsForgottenOnceNobodyCanBelieveTheGroupToBeWhereItWas() {
        assertThat(claim.lease(0)).isTrue();
        claims.sweep(QueueClaims.DONE_KEPT_MS * 2);
        assertThat(claims.find("billing", "orders", 1)).as("leased").isSameAs(claim);
        claim.endLease(new DoneOffsets(10, new long[0]), 5);
        claims.sweep(QueueClaims.DONE_KEPT_MS);
        assertThat(claims.find("billing", "orders", 1)).isSameAs(claim);
        claims.sweep(QueueClaims.DONE_KEPT_MS + 5);
        assertThat(claims.find("billing", "orders", 1)).isNull();
    }

    @Test
    void aMemberWhoseClaimIsForgottenAsksAnew() {
        claim.give(one, 0);
        claims.sweep(LOCK_MS);
        assertThat(claims.find("billing", "orders", 1)).isNull();
        assertThat(claim.isHeldBy(one, LOCK_MS)).isFalse();
    }

    @Test
    void aTopicThatIsGoneLeavesNothingToPassOver() {
        claim.give(one, 0);
        QueueClaim second = claims.getOrAdd("shipping", "orders", 0);
        assertThat(second.lease(0)).isTrue();
        second.endLease(new DoneOffsets(10, new long[0]), 0);
        claims.forgetTopic("orders");
        assertThat(claim.isHeldBy(one, 1)).isFalse();
        assertThat(second.done()).isNull();
        assertThat(claims.find("shipping", "orders", 0)).isNull();
    }

    @Test
    void queuesThatNobodyClaimedAreNotThere() {
        assertThat(claims.find("billing", "orders", 0)).isNull();
        assertThat(claims.find("billing", "orders", 7)).isNull();
        assertThat(claims.find("billing", "orders", -1)).isNull();
        assertThat(claims.find("billing", "letters", 1)).isNull();
        assertThat(claims.find("shipping", "orders", 1)).isNull();
    }
}
